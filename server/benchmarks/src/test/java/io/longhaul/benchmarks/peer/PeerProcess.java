package io.longhaul.benchmarks.peer;

import io.longhaul.client.cli.bench.cell.Site;
import io.longhaul.client.cli.bench.process.ServerProcess;
import io.longhaul.client.cli.bench.tus.Endpoint;
import io.longhaul.client.cli.bench.wire.Payload;
import io.longhaul.client.cli.bench.wire.Watchdog;
import io.longhaul.server.testing.ChildProcesses;
import io.longhaul.server.testing.Command;
import io.longhaul.server.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.io.FileUtils;

/** A peer that runs, on a free port and with a fresh directory. Not thread-safe. */
public final class PeerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);
    private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();

    private final Peer peer;
    private final Path directory;
    private final int port;
    private final Path log;
    private Process process;
    private Duration startUp;

    private PeerProcess(Peer peer, Path work, List<String> more) throws IOException {
        this.peer = peer;
        Files.createDirectories(work);
        directory = Files.createTempDirectory(work, peer.name());
        log = Files.createTempFile(work, peer.name(), ".log");
        port = FreePorts.next();
        long begun = System.nanoTime();
        process = launch(more);
        startUp = awaitAnswer(begun);
    }

    /** Starts a peer and waits until it answers. */
    public static PeerProcess start(Peer peer, Path work) throws IOException {
        return start(peer, work, List.of());
    }

    /** Starts it with more arguments. */
    public static PeerProcess start(Peer peer, Path work, List<String> more) throws IOException {
        return new PeerProcess(peer, work, more);
    }

    /** Kills it and starts it with the same data, and with these arguments. */
    public void restart(List<String> more) throws IOException {
        kill();
        long begun = System.nanoTime();
        process = launch(more);
        startUp = awaitAnswer(begun);
    }

    public Peer peer() {
        return peer;
    }

    public long pid() {
        return process.pid();
    }

    public URI origin() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where uploads are created; some servers want the slash, and none minds it. */
    public URI uploads() {
        return origin().resolve(peer.name().equals("tusd") ? "/files/" : "/files");
    }

    /** From the start of the process to its first answer. */
    public Duration startUp() {
        return startUp;
    }

    public Usage usage() throws IOException {
        return Usage.of(process.toHandle());
    }

    /** Its processor time. */
    public Duration cpu() {
        return ServerProcess.of(pid()).cpu();
    }

    @Override
    public void close() {
        kill();
        FileUtils.deleteQuietly(directory.toFile());
        FileUtils.deleteQuietly(log.toFile());
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(String name) throws IOException {
        String id = Long.toString(pid());
        try (Command kill = Command.start(directory, Map.of(), "kill", "-" + name, id)) {
            kill.result(SIGNAL_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends it as a crash does. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    private Process launch(List<String> more) throws IOException {
        List<String> words = new ArrayList<>(peer.launch().command(port, directory));
        words.addAll(more);
        return ChildProcesses.start(
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    private Duration awaitAnswer(long begun) throws IOException {
        try (Watchdog watchdog = Watchdog.start(START_LIMIT)) {
            var site =
                    new Site(
                            Endpoint.of(uploads(), List.of()),
                            watchdog,
                            new Payload(),
                            () -> false);
            while (!answers(site)) {
                if (!process.isAlive() || age(begun).compareTo(START_LIMIT) > 0) {
                    String output = Files.readString(log);
                    close();
                    throw new IOException("%s did not start:%n%s".formatted(peer.name(), output));
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            return age(begun);
        }
    }

    private static boolean answers(Site site) {
        try {
            return !site.offer().extensions().isEmpty();
        } catch (IOException _) { // nobody listens yet
            return false;
        }
    }

    private static Duration age(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
