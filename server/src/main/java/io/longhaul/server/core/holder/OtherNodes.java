package io.longhaul.server.core.holder;

import io.longhaul.server.core.upload.UploadId;
import java.util.Optional;

/** The other nodes, whose requests may hold uploads. Thread-safe. */
public interface OtherNodes {

    /** What is asked of the holder of an upload. */
    enum Demand {
        /** Commit what has arrived, and go on unless you have stalled. */
        CHECKPOINT,
        /** Let go if you have stalled: a newer request wants to append. */
        LET_GO,
        /** Let go: the upload is being terminated. */
        END
    }

    /** What the node has answered. */
    enum Answer {
        /** The holder has done so, or nobody holds the upload there. */
        DONE,
        /** The holder has the upload still; ask again. */
        HELD,
        /**
         * Nothing, or the holder has not answered in a long time: it may let go some day, or not.
         */
        SILENT
    }

    /** What records call this node; empty when the others cannot ask it. */
    Optional<String> self();

    /**
     * Asks the holder of an upload at a node. Waits for a second or two at most; an answer {@link
     * Answer#HELD} comes only after some time, so that asking again at once does no harm.
     *
     * @param node what a record calls it
     */
    Answer ask(String node, UploadId id, Demand demand);

    /** For a node that is the only one, or that leaves everything to compare-and-swap. */
    static OtherNodes none() {
        return new OtherNodes() {
            @Override
            public Optional<String> self() {
                return Optional.empty();
            }

            @Override
            public Answer ask(String node, UploadId id, Demand demand) {
                return Answer.SILENT;
            }
        };
    }
}
