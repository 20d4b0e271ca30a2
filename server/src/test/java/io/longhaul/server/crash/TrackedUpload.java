package io.longhaul.server.crash;

import java.util.ArrayList;
import java.util.List;

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
    private final Bytes bytes;
    private final boolean partial;
    private final boolean deferred;
    private final List<Unanswered> unanswered = new ArrayList<>();
    private Termination termination = Termination.NONE;
    private long acknowledged;

    TrackedUpload(String path, Bytes bytes, boolean partial, boolean deferred) {
        this.path = path;
        this.bytes = bytes;
        this.partial = partial;
        this.deferred = deferred;
    }

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

    /** Nothing that was sent before is under way any more. */
    void settled() {
        unanswered.clear();
    }

    /** Whether a request was broken off by the server's death. */
    boolean interrupted() {
        return !unanswered.isEmpty();
    }

    void terminating() {
        termination = Termination.ASKED;
    }

    /** The server says that the upload is gone. */
    void gone() {
        if (termination == Termination.NONE) {
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

    String path() {
        return path;
    }

    Bytes bytes() {
        return bytes;
    }

    boolean partial() {
        return partial;
    }

    /** Whether its length has to be declared with the last bytes. */
    boolean deferred() {
        return deferred;
    }

    long acknowledged() {
        return acknowledged;
    }

    boolean complete() {
        return acknowledged == bytes.length();
    }

    boolean live() {
        return termination == Termination.NONE;
    }

    @Override
    public String toString() {
        return "%s, %s, at %d of %d".formatted(path, termination, acknowledged, bytes.length());
    }
}
