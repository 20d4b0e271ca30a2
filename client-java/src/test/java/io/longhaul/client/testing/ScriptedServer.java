package io.longhaul.client.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A tus server on this machine that keeps uploads in memory, does the right thing, and misbehaves
 * where a script says so. Without a fault that fits, a request is served rightly. Thread-safe.
 */
public final class ScriptedServer implements AutoCloseable {

    private static final String ANY = "*";
    private static final int ALWAYS = Integer.MAX_VALUE;

    private static final class Rule {
        final String method;
        final Fault fault;
        int left;

        Rule(String method, Fault fault, int left) {
            this.method = method;
            this.fault = fault;
            this.left = left;
        }
    }

    private final ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Conversation conversation = new Conversation();
    private final TusResource resource = new TusResource();
    private final List<ScriptedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final List<Rule> script = new CopyOnWriteArrayList<>();

    public ScriptedServer() throws IOException {
        threads.execute(this::accept);
    }

    /** Where uploads are created. */
    public URI endpoint() {
        return at(TusResource.ENDPOINT);
    }

    public URI at(String path) {
        String host = socket.getInetAddress().getHostAddress();
        return URI.create("http://" + host + ":" + socket.getLocalPort() + path);
    }

    /** Meets the next request of this method with a fault; calls add up. */
    public ScriptedServer once(String method, Fault fault) {
        return times(1, method, fault);
    }

    /** Meets the next requests of this method with a fault, after those of earlier calls. */
    public ScriptedServer times(int times, String method, Fault fault) {
        script.add(new Rule(method, fault, times));
        return this;
    }

    /** Meets all requests of this method with a fault, after those of earlier calls. */
    public ScriptedServer always(String method, Fault fault) {
        return times(ALWAYS, method, fault);
    }

    /** Meets all requests with a fault, but for those that earlier calls provide for. */
    public ScriptedServer always(Fault fault) {
        return always(ANY, fault);
    }

    /** Forgets the script: from now on each request is served rightly. */
    public ScriptedServer behave() {
        script.clear();
        return this;
    }

    /** Resets the connection in use when so many bytes were received over all connections. */
    public ScriptedServer resetAfterReceiving(long bytes) {
        conversation.cutAfterReceiving(bytes);
        return this;
    }

    /** Resets the connection in use when so many bytes were sent over all connections. */
    public ScriptedServer resetAfterSending(long bytes) {
        conversation.cutAfterSending(bytes);
        return this;
    }

    public long bytesReceived() {
        return conversation.received();
    }

    public long bytesSent() {
        return conversation.sent();
    }

    /** The uploads that the server has, in the order of their creation. */
    public List<MemoryUpload> uploads() {
        return List.copyOf(resource.uploads().values());
    }

    /** The requests whose heads arrived. */
    public List<ScriptedRequest> requests() {
        return List.copyOf(requests);
    }

    public long count(String method) {
        return requests.stream().filter(request -> request.method().equals(method)).count();
    }

    /**
     * Ends all connections and waits for their threads.
     *
     * @throws AssertionError if a fault failed in a way that it should not
     */
    @Override
    public void close() throws IOException {
        closing.countDown();
        socket.close();
        for (Wire wire : wires) {
            wire.close();
        }
        threads.shutdown();
        if (!awaitThreads()) {
            throw new AssertionError("a thread of the scripted server does not end");
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("the scripted server failed", failures.get(0));
        }
    }

    private boolean awaitThreads() {
        try {
            return threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> converse(client));
            } catch (IOException | RejectedExecutionException e) {
                // Closed, or the client went away before it was served.
            }
        }
    }

    private void converse(Socket client) {
        try {
            Wire wire = new Wire(client, conversation);
            wires.add(wire);
            try {
                while (closing.getCount() > 0) {
                    meet(wire);
                }
            } finally {
                wires.remove(wire);
                client.close();
            }
        } catch (IOException e) {
            // The end of the connection, from either side.
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    private void meet(Wire wire) throws IOException {
        ScriptedRequest request = ScriptedRequest.read(wire);
        // Told after the fault was chosen: who waits to see a request may send the next one.
        Fault fault = fault(request);
        requests.add(request);
        Exchange exchange = new Exchange(request, wire, resource, closing);
        fault.meet(exchange);
        if (wire.isClosed()) {
            throw new IOException("closed, as scripted");
        }
        exchange.discardBody();
    }

    private synchronized Fault fault(ScriptedRequest request) {
        for (Rule rule : script) {
            boolean fits = rule.method.equals(ANY) || rule.method.equals(request.method());
            if (fits && rule.left > 0) {
                rule.left -= rule.left == ALWAYS ? 0 : 1;
                return rule.fault;
            }
        }
        return Faults.none();
    }
}
