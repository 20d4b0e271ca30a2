#!/bin/sh
# before-large-round.sh SIZE
#
# Writes four times SIZE into $WORK, deletes it, and has the rest written to the disk. A virtual
# machine may have given memory that was free back to its host. The next server that writes much
# would pay for getting it again, and the one after it, in the same pages, would not.
set -eu
for _ in 1 2 3 4; do head -c "$1" /dev/zero; done > "$WORK/before-round"
rm "$WORK/before-round"
sync
