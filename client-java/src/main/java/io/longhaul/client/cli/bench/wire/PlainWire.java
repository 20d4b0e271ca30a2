package io.longhaul.client.cli.bench.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A blocking socket: one system call for each read or write of a direct buffer, without a selector
 * and without a copy.
 */
final class PlainWire implements Wire {

    private final SocketChannel channel;

    private PlainWire(SocketChannel channel) {
        this.channel = channel;
    }

    static PlainWire open(InetSocketAddress address, int timeoutMillis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(address, timeoutMillis);
            return new PlainWire(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public boolean isSilent() throws IOException {
        channel.configureBlocking(false);
        return channel.read(ByteBuffer.allocate(1)) == 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
