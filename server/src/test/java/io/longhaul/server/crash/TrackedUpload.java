package io.longhaul.server.crash;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload as its client knows it: what the server has acknowledged, and what it may have taken
 * without saying so. Used by one thread at a time.
 */
final class TrackedUpload {

    /** How sure the client is that the upload is gone. */
    enum Termination {
        NONE,
        ASKED,
        CONFIRMED
    }

    /** A request without an answer; under a checksum it counts as a whole or not at all. */
    private record Unanswered(long from, long to, boolean checksummed) {

        boolean allows(long offset) {
            return checksummed ? offset == to : offset > from && offset <= to;
        }
    }

    private final String path;
    private final Shape shape;
    private final long expiryMillis;
    private final List<Unanswered> unanswered = new ArrayList<>();
    private Termination termination = Termination.NONE;
    private long acknowledged;
    private long touched;

    /**
     * @param expiryMillis how long the server keeps it after its last byte while it is incomplete
     * @param created when its creation was sent, in milliseconds since 1970
     */
    TrackedUpload(String path, Shape shape, long expiryMillis, long created) {
        this.path = path;
        this.shape = shape;
        this.expiryMillis = expiryMillis;
        this.touched = created;
    }

    /**
     * What the client wants.
     *
     * @param partial one that is made to be concatenated
     * @param deferred its length has to be declared with the last bytes
     * @param key the client's name for the creation; null for none
     * @param parts of a final upload, in order; empty for others
     */
    record Shape(
            Bytes bytes,
            boolean partial,
            boolean deferred,
            @Nullable String key,
            List<TrackedUpload> parts) {}

    /** Says that bytes are on their way. */
    void sending(long to, boolean checksummed) {
        unanswered.add(new Unanswered(acknowledged, to, checksummed));
    }

    /** The server has told an offset: no less than ever before, and one that can be. */
    void seen(long offset) {
        if (offset < acknowledged) {
            throw new AssertionError("%s lost what was acknowledged: %d".formatted(this, offset));
        }
        if (offset > acknowledged && unanswered.stream().noneMatch(sent -> sent.allows(offset))) {
            throw new AssertionError(
                    "%s cannot be at %d after %s".formatted(this, offset, unanswered));
        }
        acknowledged = offset;
    }

    /** A final upload is complete, and with it all that it consists of. */
    void seenComplete(long offset) {
        if (offset != shape.bytes().length()) {
            throw new AssertionError("%s cannot be complete at %d".formatted(this, offset));
        }
        shape.parts().stream()
                .filter(part -> !part.confirmedGone())
                .forEach(part -> part.seen(part.shape.bytes().length()));
        acknowledged = offset;
    }

    /** A final upload is not complete yet: one of its parts is not, or was not just now. */
    void seenIncomplete() {
        boolean partsComplete =
                shape.parts().stream().allMatch(part -> part.complete() && part.live());
        if (complete() || partsComplete) {
            throw new AssertionError(this + " is incomplete, and all of its parts are complete");
        }
    }

    /** A request that was sent at this time has brought bytes. */
    void touched(long millis) {
        touched = millis;
    }

    /** Nothing that was sent before is under way any more. */
    void settled() {
        unanswered.clear();
    }

    /** Whether a request was broken off by the server's death. */
    boolean interrupted() {
        return !unanswered.isEmpty();
    }

    void terminating() {
        if (termination == Termination.NONE) {
            termination = Termination.ASKED;
        }
    }

    /** The server says that the upload is gone. */
    void gone() {
        if (!mayBeGone()) {
            throw new AssertionError(this + " is gone, and nobody asked for that");
        }
        termination = Termination.CONFIRMED;
    }

    /** The server says that the upload is there. */
    void present() {
        if (termination == Termination.CONFIRMED) {
            throw new AssertionError(this + " is there again");
        }
    }

    /** Whether the server may say that it is gone. */
    boolean mayBeGone() {
        return !live() || lapsed();
    }

    /** Whether it was not complete in time, or cannot be concatenated any more. */
    boolean lapsed() {
        return !complete() && (overdue() || partMayBeGone());
    }

    private boolean overdue() {
        return expiryMillis > 0 && System.currentTimeMillis() >= touched + expiryMillis;
    }

    private boolean partMayBeGone() {
        return shape.parts().stream().anyMatch(TrackedUpload::mayBeGone);
    }

    String path() {
        return path;
    }

    String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Bytes bytes() {
        return shape.bytes();
    }

    Shape shape() {
        return shape;
    }

    boolean isFinal() {
        return !shape.parts().isEmpty();
    }

    long acknowledged() {
        return acknowledged;
    }

    boolean complete() {
        return acknowledged == shape.bytes().length();
    }

    boolean live() {
        return termination == Termination.NONE;
    }

    /** Whether the server has said that it is gone. */
    boolean confirmedGone() {
        return termination == Termination.CONFIRMED;
    }

    @Override
    public String toString() {
        return "%s, %s, at %d of %d"
                .formatted(path, termination, acknowledged, shape.bytes().length());
    }
}
