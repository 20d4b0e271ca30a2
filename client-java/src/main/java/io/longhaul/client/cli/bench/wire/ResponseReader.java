package io.longhaul.client.cli.bench.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Reads answers of HTTP/1.1 (RFC 9112) from a wire; bodies are counted and dropped. */
final class ResponseReader {

    private static final int MAX_HEAD = 64 * 1024;

    private final Wire wire;
    private final ByteBuffer buffer;
    private boolean endsWithConnection;

    /** The buffer is used until the answer is read, and can be used for others after that. */
    ResponseReader(Wire wire, ByteBuffer buffer) {
        this.wire = wire;
        this.buffer = buffer.clear().flip();
    }

    /** Reads the final answer; one to HEAD has no body whatever its headers say. */
    Response read(boolean bodiless) throws IOException {
        Response response;
        do {
            response = Response.parse(head());
        } while (response.isInterim());
        if (!bodiless && !response.isBodiless()) {
            response = response.withBodyLength(skipBody(response));
        }
        if (buffer.hasRemaining()) {
            throw new ProtocolException(
                    "%d bytes more than the answer".formatted(buffer.remaining()));
        }
        return response;
    }

    /** Whether the end of the connection was the end of the body. */
    boolean endsWithConnection() {
        return endsWithConnection;
    }

    private String head() throws IOException {
        while (true) {
            int end = endOfHead();
            if (end >= 0) {
                byte[] bytes = new byte[end - buffer.position()];
                buffer.get(bytes).position(end + 2);
                return new String(bytes, ISO_8859_1);
            }
            if (buffer.remaining() >= MAX_HEAD) {
                throw new ProtocolException("a head of more than %d bytes".formatted(MAX_HEAD));
            }
            fill();
        }
    }

    /** Where the empty line begins, or -1 as long as it is not there. */
    private int endOfHead() {
        for (int at = buffer.position(); at + 3 < buffer.limit(); at++) {
            if (buffer.get(at) == '\r'
                    && buffer.get(at + 1) == '\n'
                    && buffer.get(at + 2) == '\r'
                    && buffer.get(at + 3) == '\n') {
                return at + 2;
            }
        }
        return -1;
    }

    private long skipBody(Response response) throws IOException {
        if (response.isChunked()) {
            return skipChunks();
        }
        long length = response.number("Content-Length");
        if (length >= 0) {
            skip(length);
            return length;
        }
        endsWithConnection = true;
        return skipAll();
    }

    private long skipChunks() throws IOException {
        long total = 0;
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            skip(size);
            total += size;
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than its size " + size);
            }
        }
        while (!line().isEmpty()) {
            // Trailers say nothing that is measured.
        }
        return total;
    }

    private long chunkSize() throws IOException {
        String line = line();
        int extension = line.indexOf(';');
        String size = (extension < 0 ? line : line.substring(0, extension)).strip();
        try {
            return Long.parseUnsignedLong(size, 16);
        } catch (NumberFormatException e) {
            throw new ProtocolException("not the size of a chunk: " + line);
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (line.length() < MAX_HEAD) {
            if (!buffer.hasRemaining()) {
                fill();
            }
            char next = (char) (buffer.get() & 0xff);
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append(next);
        }
        throw new ProtocolException("a line of more than %d bytes".formatted(MAX_HEAD));
    }

    private void skip(long count) throws IOException {
        for (long left = count; left > 0; ) {
            if (!buffer.hasRemaining()) {
                fill();
            }
            int skipped = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + skipped);
            left -= skipped;
        }
    }

    private long skipAll() throws IOException {
        long total = buffer.remaining();
        for (int count = wire.read(buffer.clear()); count >= 0; count = wire.read(buffer.clear())) {
            total += count;
        }
        buffer.flip();
        return total;
    }

    private void fill() throws IOException {
        buffer.compact();
        int count = wire.read(buffer);
        buffer.flip();
        if (count < 0) {
            throw new EOFException("the server closed the connection before the end of its answer");
        }
    }
}
