package io.longhaul.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A bad network in front of a server on this machine: forwards TCP connections, and cuts, stalls or
 * holds them, or catches a single request. Thread-safe.
 */
public final class FlakyProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final Set<FlakyConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Gate gate = new Gate();
    private volatile int target;
    private volatile long limit = Long.MAX_VALUE;
    private volatile Trap trap = Trap.NONE;

    private FlakyProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    public static FlakyProxy to(int port) {
        try {
            var listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            var proxy = new FlakyProxy(listener, port);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL at which uploads are created through this proxy. */
    public URI uploads() {
        return URI.create("http://127.0.0.1:" + port() + "/files");
    }

    public int port() {
        return listener.getLocalPort();
    }

    /**
     * From now on every new connection is cut when it has carried so many bytes to the server: in
     * turn by a reset, which loses what is under way, and by an orderly close, which does not.
     */
    public void cutAfter(long bytes) {
        limit = bytes;
    }

    /** How many connections clients have made. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections were cut. */
    public int cuts() {
        return cuts.get();
    }

    /**
     * Stops forwarding on every connection that is open now, silently and for ever: both ends
     * believe in it. New connections are served.
     */
    public void stall() {
        connections.forEach(FlakyConnection::stall);
    }

    /**
     * From now on nothing goes through in either direction, over any connection, open or new, which
     * the one who sends does not notice.
     */
    public void hold() {
        gate.close();
    }

    /** Everything goes on, with what was under way, also what its sender has given up. */
    public void release() {
        gate.open();
    }

    /** Catches the next request whose first line is so: it does not get to the server. */
    public Trap catchRequest(Predicate<String> line) {
        trap = new Trap(line, false);
        return trap;
    }

    /** Lets the next request through whose first line is so, and catches the answer to it. */
    public Trap catchAnswer(Predicate<String> line) {
        trap = new Trap(line, true);
        return trap;
    }

    Trap trap() {
        return trap;
    }

    /** Waits until anything may go through. */
    void pass() throws IOException {
        gate.pass();
    }

    /** Leads new connections to another server on this machine; those that are open break. */
    public void leadTo(int port) {
        target = port;
        connections.forEach(FlakyConnection::reset);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        gate.open();
        connections.forEach(FlakyConnection::reset);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException _) {
                // The proxy was closed, or the server is down and the client has been hung up on.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        accepted.incrementAndGet();
        int port = target;
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        var connection = new FlakyConnection(client, server, limit, this);
        connections.add(connection);
        if (port != target) { // whoever changed it may not have seen this connection
            connection.reset();
        }
        Thread.ofVirtual().start(() -> forwardUpstream(connection));
        Thread.ofVirtual().start(connection::forwardDownstream);
    }

    private void forwardUpstream(FlakyConnection connection) {
        if (connection.forwardUpstream()) {
            if (cuts.getAndIncrement() % 2 == 0) {
                connection.reset();
            } else {
                connection.close();
            }
        }
        connections.remove(connection);
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
