package io.longhaul.server.core.upload;

import java.util.ArrayList;
import java.util.List;

/** What part an upload plays in a concatenation (tus 1.0.0, Concatenation). */
public sealed interface Concatenation {

    /** An upload that stands for itself. */
    record None() implements Concatenation {}

    /**
     * A partial upload.
     *
     * @param finals the final uploads that read through its content, which has to live as long as
     *     any of them does
     */
    record Partial(List<UploadId> finals) implements Concatenation {
        public Partial {
            finals = List.copyOf(finals);
        }

        /** This one with one more final upload; unchanged when it is already known. */
        public Partial with(UploadId id) {
            if (finals.contains(id)) {
                return this;
            }
            List<UploadId> more = new ArrayList<>(finals);
            more.add(id);
            return new Partial(more);
        }

        /** This one without that final upload. */
        public Partial without(UploadId id) {
            return new Partial(finals.stream().filter(known -> !known.equals(id)).toList());
        }
    }

    /**
     * A final upload, whose content is that of its partial uploads in order.
     *
     * @param partials in order; the same one may stand there more than once
     * @param received the {@code Upload-Concat} value as the client sent it, for HEAD
     */
    record Final(List<UploadId> partials, String received) implements Concatenation {
        public Final {
            partials = List.copyOf(partials);
        }
    }

    None NONE = new None();

    Partial PARTIAL = new Partial(List.of());
}
