package io.longhaul.client.cli.bench.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A blocking socket with TLS, which checks the server's certificate. */
final class TlsWire implements Wire {

    /** As much as one TLS record holds. */
    private static final int RECORD = 16 * 1024;

    private static final int SILENCE_MILLIS = 1;

    private final Socket transport;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] record = new byte[RECORD];

    private TlsWire(Socket transport, SSLSocket socket) throws IOException {
        this.transport = transport;
        this.socket = socket;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    static TlsWire open(Address address, int timeoutMillis) throws IOException {
        Socket transport = new Socket();
        try {
            transport.setTcpNoDelay(true);
            transport.connect(address.socketAddress(), timeoutMillis);
            transport.setSoTimeout(timeoutMillis);
            SSLSocket socket = handshake(transport, address);
            transport.setSoTimeout(0);
            return new TlsWire(transport, socket);
        } catch (IOException e) {
            transport.close();
            throw e;
        }
    }

    private static SSLSocket handshake(Socket transport, Address address) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket =
                (SSLSocket) factory.createSocket(transport, address.host(), address.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), RECORD);
            bytes.get(record, 0, count);
            out.write(record, 0, count);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = in.read(record, 0, Math.min(target.remaining(), RECORD));
        if (count > 0) {
            target.put(record, 0, count);
        }
        return count;
    }

    @Override
    public boolean isSilent() throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            return in.read() < -1;
        } catch (SocketTimeoutException e) {
            // Nothing came: that is what was asked.
            return true;
        }
    }

    /** Closes the transport: a close of the TLS socket could wait for a writer that is stuck. */
    @Override
    public void close() throws IOException {
        transport.close();
    }
}
