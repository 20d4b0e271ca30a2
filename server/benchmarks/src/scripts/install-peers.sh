#!/usr/bin/env bash
# Installs what the benchmarks compare Longhaul with, each by its own instructions, and prints the
# versions. What is there already is kept: delete the directory to begin anew.
#
# Usage: install-peers.sh [DIRECTORY] [NAME...]
#   NAME: floor tusd rustus tus-node-server; all of them by default. One that cannot be installed is
#   told and left out; the comparison then runs without it.
set -euo pipefail

here="$(cd "$(dirname "$0")/.." && pwd)"
target="${1:-$HOME/.cache/longhaul-benchmarks/peers}"
shift || true
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(floor tusd rustus tus-node-server)
mkdir -p "$target"
target="$(cd "$target" && pwd)"

# The newest of tusd that go 1.26 builds; its go.mod wants 1.25.
tusd_version="${TUSD_VERSION:-v2.9.2}"
# The newest on crates.io. The feature is for checksums: without it there is no algorithm.
rustus_version="${RUSTUS_VERSION:-0.5.10}"

install_floor() {
  gcc -O2 -Wall -Wextra -pthread -o "$target/floor" "$here/c/floor.c"
  gcc --version | head -1 > "$target/floor.version"
}

install_tusd() {
  export GOTOOLCHAIN=local
  if ! GOBIN="$target" go install "github.com/tus/tusd/v2/cmd/tusd@$tusd_version"; then
    # A proxy that lists no versions stops "go install", but has the module itself.
    local source
    source="$(go mod download -json "github.com/tus/tusd/v2@$tusd_version" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')"
    (cd "$source" && GOFLAGS= go build -mod=readonly -buildvcs=false -o "$target/tusd" ./cmd/tusd)
  fi
  echo "$tusd_version, $(go version | cut -d' ' -f3)" > "$target/tusd.version"
}

install_rustus() {
  cargo install rustus --force --version "$rustus_version" --locked --features hashers --root "$target/cargo"
  ln -sf cargo/bin/rustus "$target/rustus"
  echo "$("$target/rustus" --version), $(rustc --version | cut -d' ' -f1,2)" > "$target/rustus.version"
}

install_tus-node-server() {
  mkdir -p "$target/node"
  cp "$here/node/"* "$target/node/"
  (cd "$target/node" && npm ci --no-audit --no-fund)
  ln -sfn node "$target/tus-node-server"
  node -p "const v = n => JSON.parse(fs.readFileSync('$target/node/node_modules/' + n + '/package.json')).version;
    '@tus/server ' + v('@tus/server') + ', @tus/file-store ' + v('@tus/file-store') + ', node ' + process.version" \
    > "$target/tus-node-server.version"
}

for name in "${names[@]}"; do
  if [ ! -s "$target/$name.version" ]; then
    rm -f "$target/$name.version"
    # Not "if" or "||": these would switch off -e inside.
    set +e
    (set -e; "install_$name") >"$target/$name.log" 2>&1
    status=$?
    set -e
    if [ $status -ne 0 ]; then
      echo "$name could not be installed: see $target/$name.log" >&2
      rm -f "$target/$name.version"
    fi
  fi
  if [ -s "$target/$name.version" ]; then
    echo "$name: $(cat "$target/$name.version")"
  fi
done
