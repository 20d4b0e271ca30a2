package io.longhaul.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;

/** One connection through a {@link FlakyProxy}. Thread-safe. */
final class FlakyConnection {

    private static final int BUFFER = 64 * 1024;

    private final Socket client;
    private final Socket server;
    private final long limit;
    private final FlakyProxy proxy;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stalled;

    /** Which catches what comes from the server from now on. */
    private volatile Trap answerTrap = Trap.NONE;

    /** What is done with bytes before they are passed on. */
    @FunctionalInterface
    private interface Inspection {
        void inspect(byte[] bytes, int count) throws IOException;
    }

    FlakyConnection(Socket client, Socket server, long limit, FlakyProxy proxy) {
        this.client = client;
        this.server = server;
        this.limit = limit;
        this.proxy = proxy;
    }

    /** Forwards to the server until an end is gone (false) or the limit is reached (true). */
    boolean forwardUpstream() {
        try {
            return forward(client, server, limit, this::inspectRequest);
        } catch (IOException _) {
            // An end hung up, so the other one is hung up on as well.
            close();
            return false;
        }
    }

    void forwardDownstream() {
        try {
            forward(server, client, Long.MAX_VALUE, this::inspectAnswer);
        } catch (IOException _) {
            // An end hung up, so the other one is hung up on as well.
            close();
        }
    }

    private void inspectRequest(byte[] bytes, int count) throws IOException {
        Trap trap = proxy.trap();
        if (trap.isFor(bytes, count)) {
            if (trap.isForAnswer()) {
                answerTrap = trap;
            } else {
                keep(trap);
            }
        }
    }

    private void inspectAnswer(byte[] bytes, int count) throws IOException {
        if (answerTrap != Trap.NONE) {
            keep(answerTrap);
        }
    }

    private void keep(Trap trap) throws IOException {
        trap.hasCaught();
        awaitClose();
        throw new SocketException("it was caught");
    }

    void stall() {
        stalled = true;
    }

    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException _) {
            // It is closed already, and cannot be reset any more.
        }
        close();
    }

    void close() {
        try (client;
                server) {
            closed.countDown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean forward(Socket from, Socket to, long most, Inspection inspection)
            throws IOException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[BUFFER];
        long rest = most;
        while (rest > 0) {
            int count = in.read(buffer, 0, (int) Math.min(BUFFER, rest));
            if (stalled) {
                awaitClose();
            }
            proxy.pass();
            if (count < 0) {
                to.shutdownOutput();
                return false;
            }
            inspection.inspect(buffer, count);
            to.getOutputStream().write(buffer, 0, count);
            rest -= count;
        }
        return true;
    }

    private void awaitClose() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
