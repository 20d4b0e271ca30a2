package io.longhaul.server.power;

import io.longhaul.server.core.upload.UploadId;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An upload as its client knows it: its bytes, and what was claimed about it in which answer.
 * Thread-safe.
 */
final class SentUpload {

    /** What an answer said, and by which port on the client's side it came. */
    private record Claim(int port, long offset, boolean terminated) {}

    private final String path;
    private final byte[] content;
    private final List<Claim> claims = new CopyOnWriteArrayList<>();
    private final List<Integer> terminations = new CopyOnWriteArrayList<>();

    SentUpload(String path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    /** It as it is known now: what is claimed later is not in it. */
    SentUpload soFar() {
        SentUpload now = new SentUpload(path, content);
        now.claims.addAll(claims);
        now.terminations.addAll(terminations);
        return now;
    }

    String path() {
        return path;
    }

    UploadId id() {
        return new UploadId(path.substring(path.lastIndexOf('/') + 1));
    }

    byte[] content() {
        return content;
    }

    int length() {
        return content.length;
    }

    /** An answer told an offset. */
    void claim(int port, long offset) {
        claims.add(new Claim(port, offset, false));
    }

    /** A request to terminate it is about to be sent. */
    void terminating(int port) {
        terminations.add(port);
    }

    boolean isTerminated() {
        return !terminations.isEmpty();
    }

    /** An answer told that it is gone. */
    void claimTerminated(int port) {
        claims.add(new Claim(port, 0, true));
    }

    /** All that was claimed, with the ports by which the trace knows when. */
    String claims() {
        return claims.toString();
    }

    /** The offset that was told by then; negative when not even that there is an upload. */
    long offset(WireRecorder wire, int line) {
        return claims.stream()
                .filter(claim -> !claim.terminated() && told(claim, wire, line))
                .mapToLong(Claim::offset)
                .max()
                .orElse(-1);
    }

    /** Whether it was told that the upload is gone. */
    boolean gone(WireRecorder wire, int line) {
        return claims.stream().anyMatch(claim -> claim.terminated() && told(claim, wire, line));
    }

    private static boolean told(Claim claim, WireRecorder wire, int line) {
        OptionalInt answered = wire.answered(claim.port());
        return answered.isPresent() && answered.getAsInt() <= line;
    }

    /** Whether the server can have been asked to terminate it. */
    boolean mayBeGone(WireRecorder wire, int line) {
        return terminations.stream().anyMatch(port -> wire.accepted(port).orElse(0) <= line);
    }

    @Override
    public String toString() {
        return "%s of %d bytes".formatted(path, content.length);
    }
}
