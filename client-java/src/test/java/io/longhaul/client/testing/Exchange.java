package io.longhaul.client.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One request and what a {@link Fault} does about it: read the body or not, serve it or not, send
 * what it likes, break off. Used by one thread.
 */
public final class Exchange {

    private static final int PIECE = 8192;

    private final ScriptedRequest request;
    private final Wire wire;
    private final TusResource resource;
    private final CountDownLatch closing;
    private long unread;

    Exchange(ScriptedRequest request, Wire wire, TusResource resource, CountDownLatch closing) {
        this.request = request;
        this.wire = wire;
        this.resource = resource;
        this.closing = closing;
        this.unread = Math.max(0, request.number("Content-Length"));
    }

    public ScriptedRequest request() {
        return request;
    }

    /** Does what the request asks for and gives the right answer to it, without sending it. */
    public Answer serve() throws IOException {
        return serve(Long.MAX_VALUE);
    }

    /** Serves the request as if its body ended after so many bytes. */
    public Answer serve(long bodyBytes) throws IOException {
        if (request.header("Expect").isPresent()) {
            sendText("HTTP/1.1 100 Continue\r\n\r\n");
        }
        if (request.header("Transfer-Encoding").isPresent()) {
            return Answer.of(411);
        }
        long end = bodyBytes > unread ? 0 : unread - bodyBytes;
        return resource.serve(request, () -> next(unread - end));
    }

    /** Reads what is left of the body and drops it. */
    public void discardBody() throws IOException {
        while (unread > 0) {
            next(unread);
        }
    }

    public void send(Answer answer) throws IOException {
        wire.write(answer.bytes(request.method()));
        acknowledge(answer);
    }

    /** Sends only the first bytes of an answer. */
    public void sendStart(Answer answer, int bytes) throws IOException {
        byte[] all = answer.bytes(request.method());
        wire.write(Arrays.copyOf(all, Math.min(bytes, all.length)));
    }

    /** Sends one byte at a time, with a pause after each. */
    public void sendSlowly(Answer answer, Duration pause) throws IOException {
        for (byte each : answer.bytes(request.method())) {
            wire.write(new byte[] {each});
            pause(pause);
        }
        acknowledge(answer);
    }

    public void sendText(String text) throws IOException {
        wire.write(text.getBytes(ISO_8859_1));
    }

    /** Forgets the upload that the request names. */
    public void forgetUpload() {
        resource.forget(request.resource());
    }

    /** Breaks the connection off: the client sees a reset. */
    public void reset() throws IOException {
        wire.reset();
    }

    /** Closes the connection with what is unread, as careless servers do. */
    public void abandon() throws IOException {
        wire.close();
    }

    /** Closes the connection in an orderly way, though maybe at the wrong moment. */
    public void close() throws IOException {
        wire.closeGently();
        discardBody();
        wire.close();
    }

    /** Neither reads nor sends any more, and keeps the connection until the server is closed. */
    public void fallSilent() {
        while (!pause(Duration.ofDays(1))) {
            // Not yet.
        }
    }

    /** Waits; true when the server is being closed. */
    public boolean pause(Duration time) {
        try {
            return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private byte[] next(long most) throws IOException {
        if (most <= 0) {
            return new byte[0];
        }
        byte[] bytes = wire.read((int) Math.min(PIECE, most));
        unread -= bytes.length;
        return bytes;
    }

    private void acknowledge(Answer answer) {
        String offset = answer.headers().getOrDefault("Upload-Offset", "");
        if (offset.matches("\\d{1,18}")) {
            resource.find(request.resource())
                    .ifPresent(upload -> upload.acknowledge(Long.parseLong(offset)));
        }
    }
}
