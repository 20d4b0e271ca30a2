package io.longhaul.client.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** A connection that takes what comes, to see what a {@link ScriptedServer} really sends. */
final class RawClient implements Closeable {

    private final Socket socket = new Socket();
    private final URI server;

    RawClient(URI server) {
        this.server = server;
    }

    /** Sends text, and gives what comes until a head is complete or the connection ends. */
    String exchange(String text) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            if (!socket.isConnected()) {
                socket.setSoTimeout(10_000);
                socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            }
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.write(next);
                if (answer.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                    break;
                }
            }
        } catch (ConnectException e) {
            throw e;
        } catch (SocketException e) {
            // Reset, maybe before connecting was over: what came before counts.
        }
        return answer.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
