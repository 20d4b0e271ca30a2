package io.longhaul.server.web;

import io.longhaul.server.core.content.ContentSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/**
 * Writes buffers to a response as they are, without a copy, and waits for each: a slow client holds
 * up its own thread and nothing else. Exactly as many bytes as were announced pass; fewer or more
 * are an error, so that a broken answer is never taken for a whole one.
 */
final class ResponseSink implements ContentSink {

    private final Response response;
    private long remaining;

    ResponseSink(Response response, long length) {
        this.response = response;
        remaining = length;
    }

    @Override
    public void accept(ByteBuffer bytes) throws IOException {
        if (!bytes.hasRemaining()) {
            return;
        }
        remaining -= bytes.remaining();
        if (remaining < 0) {
            throw new IOException("the store gave more bytes than asked for");
        }
        write(bytes);
        bytes.position(bytes.limit());
    }

    private void write(ByteBuffer bytes) throws ClientGoneException {
        try {
            Content.Sink.write(response, remaining == 0, bytes);
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    /**
     * Checks that everything was given.
     *
     * @throws IOException when bytes are missing: the answer has to be broken off
     */
    void finish() throws IOException {
        if (remaining > 0) {
            throw new IOException("the store gave %d bytes too few".formatted(remaining));
        }
    }
}
