package io.longhaul.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.commons.io.IOUtils;

/**
 * One connection to a server on this machine, for tests that say exactly what goes over the wire.
 * It sends what it is given and reads answers strictly. A read waits ten seconds at most; sending
 * waits for as long as the server does not read. Used by one thread at a time, but one may send
 * while another reads.
 */
public final class RawConnection implements Closeable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        timeout(TIMEOUT);
    }

    public static RawConnection to(int port) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * With a small receive buffer, so that the server soon waits for a client that does not read.
     */
    public static RawConnection to(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return over(socket);
    }

    /** Over a connected socket, for example one with TLS. */
    public static RawConnection over(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        return new RawConnection(socket);
    }

    /** The port on this side, by which the server's side can be told. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** Sets how long one read waits for bytes. */
    public RawConnection timeout(Duration timeout) throws IOException {
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        return this;
    }

    /**
     * Sends the head of a request: the lines of the text, each with CR LF, and the empty line that
     * ends a head.
     */
    public RawConnection request(String head) throws IOException {
        return send(head.strip().replace("\n", "\r\n") + "\r\n\r\n");
    }

    /** Sends text as UTF-8, exactly as it is. */
    public RawConnection send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    /** Sends bytes, exactly as they are. */
    public RawConnection send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Sends the head of a request without a body and reads the answer, of HEAD also. */
    public RawResponse exchange(String head) throws IOException {
        request(head);
        return head.strip().startsWith("HEAD ") ? readHead() : read();
    }

    /**
     * Reads the next final answer with its body and trailers; interim answers before it are kept
     * with it. Not for the answer to HEAD.
     *
     * @throws EOFException when the server closed before the end
     */
    public RawResponse read() throws IOException {
        return new ResponseReader(in).read();
    }

    /**
     * Reads the head of the next final answer and leaves its body, if any, to {@link #readBytes}.
     */
    public RawResponse readHead() throws IOException {
        return new ResponseReader(in).readHead();
    }

    /** Reads the head of the next answer, be it an interim one. */
    public RawResponse readInterim() throws IOException {
        return new ResponseReader(in).readInterim();
    }

    /** Reads exactly so many bytes of a body. */
    public byte[] readBytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("%d of %d bytes".formatted(bytes.length, count));
        }
        return bytes;
    }

    /** Reads exactly so many bytes of a body without keeping them. */
    public void copyBytes(long count, OutputStream target) throws IOException {
        long copied = IOUtils.copyLarge(in, target, 0, count);
        if (copied < count) {
            throw new EOFException("%d of %d bytes".formatted(copied, count));
        }
    }

    /** Whether the server closes or resets the connection, having sent nothing more. */
    public boolean isClosedByServer() throws IOException {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("the server sent more: 0x%02x…".formatted(next));
            }
            return true;
        } catch (SocketTimeoutException _) { // nothing was heard: it is open
            return false;
        } catch (SocketException _) { // reset
            return true;
        }
    }

    /** Ends what this side sends; answers can still be read. */
    public RawConnection halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Breaks the connection off, as a client that crashes: the server sees a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
