package io.longhaul.client.cli.bench.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an HTTP/1.1 server, opened when it is needed and again after it failed or the
 * server closed it. For one thread at a time.
 *
 * <p>It exists because the bench must cost far less than what it measures. By java.net.http an
 * upload of 10 KiB in two requests costs 0.4 to 1.5 ms of processor time, more than many a server
 * needs for it; by this it costs 0.07 ms, nearly all of it in the system.
 */
public final class HttpConnection implements Closeable {

    private final Address address;
    private final Watchdog watchdog;
    private final Payload payload;
    private final Scratch scratch;
    private @Nullable Wire wire;
    private boolean askedWhole;
    private boolean askedHead;

    /** A scratch may serve several connections, one at a time. */
    public HttpConnection(Address address, Watchdog watchdog, Payload payload, Scratch scratch) {
        this.address = address;
        this.watchdog = watchdog;
        this.payload = payload;
        this.scratch = scratch;
    }

    /** Connects, if it is not connected. */
    public void open() throws IOException {
        connected();
    }

    /** Sends a request and reads its answer; after a failure the connection is closed. */
    public Response exchange(Request request) throws IOException {
        ask(request);
        return answer();
    }

    /** Sends a request, whose answer has to be read next. */
    public void ask(Request request) throws IOException {
        Wire open = connected();
        boolean sent = false;
        try {
            askedWhole = send(open, request);
            askedHead = request.method().equals("HEAD");
            sent = true;
        } finally {
            closeUnless(sent);
        }
    }

    /** Reads the answer to what was asked last. */
    public Response answer() throws IOException {
        var reader = new ResponseReader(connected(), scratch.in());
        boolean keep = false;
        try {
            Response response = reader.read(askedHead);
            keep = askedWhole && response.keepsConnection() && !reader.endsWithConnection();
            return response;
        } finally {
            closeUnless(keep);
        }
    }

    /** Sends the head of a request, whose body follows by {@link #send}. */
    public void begin(Request request) throws IOException {
        connected().write(ByteBuffer.wrap(request.head()));
    }

    /** Sends bytes of a body. */
    public void send(ByteBuffer bytes) throws IOException {
        if (wire == null) {
            throw new IOException("the connection is closed");
        }
        wire.write(bytes);
    }

    /** Whether the connection is open and the server says nothing; it cannot be used after that. */
    public boolean isSilent() {
        try {
            return wire != null && wire.isSilent();
        } catch (IOException e) {
            // Reset by the server: that is not silence.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (wire != null) {
            wire.close();
            wire = null;
        }
    }

    /**
     * Sends a request; false when the server stopped reading it: then its answer, if it sent one,
     * says more than the failed write does.
     */
    private boolean send(Wire open, Request request) throws IOException {
        ByteBuffer out = scratch.out().clear().put(request.head());
        long left = request.length();
        if (left <= out.remaining()) {
            // Head and body in one system call.
            out.put(payload.first(left));
            left = 0;
        }
        open.write(out.flip());
        try {
            sendBody(open, left);
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    private void sendBody(Wire open, long length) throws IOException {
        for (long left = length; left > 0; ) {
            ByteBuffer slice = payload.first(left);
            left -= slice.remaining();
            open.write(slice);
        }
    }

    private void closeUnless(boolean usable) throws IOException {
        if (!usable) {
            close();
        }
    }

    private Wire connected() throws IOException {
        if (wire == null) {
            wire = watchdog.open(address);
        }
        return wire;
    }
}
