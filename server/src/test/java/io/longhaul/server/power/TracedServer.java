package io.longhaul.server.power;

import static org.awaitility.Awaitility.await;

import io.longhaul.server.power.DiskRecorder.Kill;
import io.longhaul.server.testing.ServerLaunch;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.StraceCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.awaitility.core.ConditionTimeoutException;

/** A server process that is traced over all its starts. Used by one thread. */
final class TracedServer implements AutoCloseable {

    private static final Duration TRACER_LIMIT = Duration.ofSeconds(60);
    private static final int TAIL = 64 << 10;

    private final Path workspace;
    private final List<Kill> kills = new ArrayList<>();
    private final ServerProcess server;

    private TracedServer(Path workspace, ServerProcess server) {
        this.workspace = workspace;
        this.server = server;
    }

    static TracedServer start(StraceCommand strace, String... arguments) throws IOException {
        Path workspace = Files.createTempDirectory("longhaul-power").toRealPath();
        List<String> calls =
                Stream.of(DiskRecorder.CALLS, WireRecorder.CALLS).flatMap(List::stream).toList();
        ServerProcess server =
                ServerProcess.start(
                        ServerLaunch.plain()
                                .under(strace.tracing(calls, workspace.resolve("trace"))),
                        arguments);
        return new TracedServer(workspace, server);
    }

    int port() {
        return server.port();
    }

    ServerProcess process() {
        return server;
    }

    /** The directory in which the server made its data directory. */
    Path disk() throws IOException {
        return Objects.requireNonNull(server.dataDir().toAbsolutePath().getParent()).toRealPath();
    }

    Path trace() {
        return workspace.resolve("trace");
    }

    List<Kill> kills() {
        return List.copyOf(kills);
    }

    /** Kills it, waits for the end of its trace, and keeps a copy of what it leaves. */
    void kill() throws IOException {
        long process = server.pid();
        checkMappings(process);
        server.kill();
        awaitTrace(process);
        Path copy = workspace.resolve("killed-" + kills.size());
        FileUtils.copyDirectory(server.dataDir().toFile(), copy.resolve("data").toFile());
        kills.add(new Kill(Math.toIntExact(process), copy));
    }

    /** A file that is written through memory would change without a call; an index may. */
    private void checkMappings(long process) throws IOException {
        String data = server.dataDir().toString();
        try (Stream<String> mappings = Files.lines(Path.of("/proc/" + process + "/maps"))) {
            mappings.filter(line -> line.contains(" rw-s ") && line.contains(data))
                    .filter(line -> !line.endsWith("-shm"))
                    .forEach(
                            line -> {
                                throw new IllegalStateException("cannot be replayed: " + line);
                            });
        }
    }

    /** The thread that has the process's number is the last to end. */
    private void awaitTrace(long process) throws IOException {
        // strace fills a short number up with spaces.
        Pattern end = Pattern.compile("(?m)^%d +\\+{3} killed".formatted(process));
        try {
            await("the trace's end").atMost(TRACER_LIMIT).until(() -> end.matcher(tail()).find());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("of process %d:%n%s".formatted(process, tail()), e);
        }
    }

    private String tail() throws IOException {
        try (RandomAccessFile trace = new RandomAccessFile(trace().toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL, trace.length())];
            trace.seek(trace.length() - tail.length);
            trace.readFully(tail);
            return new String(tail, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * What it did so far, for clients that sent this. What they are told later may come by a port
     * that the trace knows from an earlier connection, and so is not part of it.
     */
    Recording.Source run(UploadTraffic traffic) throws IOException {
        List<SentUpload> sent = traffic.uploads().stream().map(SentUpload::soFar).toList();
        return new Recording.Source(trace(), disk(), kills(), sent);
    }

    void restart() {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
        FileUtils.deleteQuietly(workspace.toFile());
    }
}
