package io.longhaul.server.content.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of an object that is made of others: a range that the store copies, or a few small ones
 * that have to be sent to it together.
 */
record CopiedPart(List<Range> ranges) {

    /** What parts are made of. */
    sealed interface Source {

        /** In bytes. */
        long length();

        /** An object. */
        record Stored(S3Content.Piece piece) implements Source {
            @Override
            public long length() {
                return piece.length();
            }
        }

        /** Bytes in memory, from position to limit. */
        record Held(ByteBuffer bytes) implements Source {
            @Override
            public long length() {
                return bytes.remaining();
            }
        }
    }

    /** Bytes of a source. */
    record Range(Source source, long position, long length) {

        boolean whole() {
            return length == source.length();
        }
    }

    /**
     * Divides sources into parts: none but the last has less than the least bytes. A source that
     * has too few is sent with the head of the next one.
     *
     * @param least bytes of a part, and of a range that is copied of a larger object
     * @param most bytes of a part that is copied
     */
    static List<CopiedPart> of(List<Source> sources, long least, long most) {
        List<CopiedPart> parts = new ArrayList<>();
        List<Range> together = new ArrayList<>();
        long missing = least;
        for (Source source : sources) {
            long position = 0;
            while (position < source.length()) {
                long left = source.length() - position;
                boolean copied =
                        together.isEmpty() && left >= least && source instanceof Source.Stored;
                Range range = new Range(source, position, Math.min(left, copied ? most : missing));
                position += range.length();
                together.add(range);
                missing -= range.length();
                if (missing <= 0) {
                    parts.add(new CopiedPart(List.copyOf(together)));
                    together.clear();
                    missing = least;
                }
            }
        }
        if (!together.isEmpty()) {
            parts.add(new CopiedPart(List.copyOf(together)));
        }
        return parts;
    }

    long length() {
        return ranges.stream().mapToLong(Range::length).sum();
    }

    /** The range that the store can copy by itself, if it is one. */
    Optional<Range> copyable(long least) {
        Range first = ranges.getFirst();
        return ranges.size() == 1
                        && first.source() instanceof Source.Stored
                        && (first.whole() || first.length() >= least)
                ? Optional.of(first)
                : Optional.empty();
    }
}
