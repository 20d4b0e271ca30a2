package io.longhaul.client.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;

/** One connection of a {@link ScriptedServer}. Used by one thread; may be closed by another. */
final class Wire {

    private final Socket socket;
    private final Conversation conversation;
    private final InputStream in;
    private final OutputStream out;

    Wire(Socket socket, Conversation conversation) throws IOException {
        this.socket = socket;
        this.conversation = conversation;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Reads up to so many bytes, at least one. */
    byte[] read(int most) throws IOException {
        cutIfDue();
        byte[] bytes = new byte[conversation.mayReceive(most)];
        int count = in.read(bytes);
        if (count < 0) {
            throw new EOFException("the client closed the connection");
        }
        conversation.receive(count);
        return Arrays.copyOf(bytes, count);
    }

    /** Reads the head of a message, to the empty line that ends it. */
    String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            head.writeBytes(read(1));
            text = head.toString(ISO_8859_1);
        }
        return text;
    }

    void write(byte[] bytes) throws IOException {
        int written = 0;
        while (written < bytes.length) {
            cutIfDue();
            int count = conversation.maySend(bytes.length - written);
            out.write(bytes, written, count);
            out.flush();
            conversation.send(count);
            written += count;
        }
        cutIfDue();
    }

    /** Breaks the connection off: the client sees a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void close() throws IOException {
        socket.close();
    }

    /** Says that nothing more comes, and leaves what the client still sends unread. */
    void closeGently() throws IOException {
        socket.shutdownOutput();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    private void cutIfDue() throws IOException {
        if (conversation.cutsNow()) {
            reset();
            throw new SocketException("reset, as scripted");
        }
    }
}
