package io.longhaul.server.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * The packaged server as a process of its own, which can be killed, stopped and started again on
 * the same port with the same data. What it printed is in {@link #output()} and in the message of a
 * failed start. For one thread at a time.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path workspace;
    private final ServerLaunch launch;
    private final List<String> command;
    private final int port;
    private Process process;

    private ServerProcess(ServerLaunch launch, int port, String... arguments) throws IOException {
        this.workspace = launch.workspace();
        this.launch = launch;
        this.port = port;
        this.command = command(launch, port, arguments);
        this.process = launch();
    }

    /** Starts a server with an empty data directory and waits until it is ready. */
    public static ServerProcess start(String... arguments) {
        return start(FreePorts.next(), arguments);
    }

    /** Starts a server on a given port, for one whose arguments name its own address. */
    public static ServerProcess start(int port, String... arguments) {
        return start(ServerLaunch.plain(), port, arguments);
    }

    /** Starts a server in surroundings of its own. */
    public static ServerProcess start(ServerLaunch launch, String... arguments) {
        return start(launch, FreePorts.next(), arguments);
    }

    private static ServerProcess start(ServerLaunch launch, int port, String... arguments) {
        try {
            var server = new ServerProcess(launch, port, arguments);
            server.awaitReadiness();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The origin, without a slash at the end. */
    public URI origin() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The URL at which uploads are created. */
    public URI uploads() {
        return origin().resolve("/files");
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public Path dataDir() {
        return workspace.resolve("data");
    }

    /** All that the server printed, over all its starts. */
    public String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process as a crash does (SIGKILL): nothing in it runs any more. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Asks the process to end (SIGTERM) and waits until it has. */
    public void stop() {
        process.destroy();
        awaitExit();
    }

    /** Sends SIGTERM and does not wait. */
    public void terminate() {
        process.destroy();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Waits until the process has ended; its status. */
    public int exitStatus() {
        awaitExit();
        return process.exitValue();
    }

    /** Starts the server again after {@link #kill()} or {@link #stop()} and waits for readiness. */
    public void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("the server still runs");
        }
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReadiness();
    }

    @Override
    public void close() {
        client.close();
        kill();
        FileUtils.deleteQuietly(workspace.toFile());
    }

    private static List<String> command(ServerLaunch launch, int port, String... arguments) {
        String jar = Objects.requireNonNull(System.getProperty("packaged.jar"), "packaged.jar");
        var command = new ArrayList<>(launch.wrapper());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A short life is spent starting, which the first compiler alone makes shorter.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-jar", jar, "--server.port=" + port));
        command.add("--longhaul.data-dir=" + launch.workspace().resolve("data"));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    private Process launch() throws IOException {
        var builder =
                new ProcessBuilder(command)
                        .directory(workspace.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(launch.environment());
        return ChildProcesses.start(builder);
    }

    private Path log() {
        return workspace.resolve("server.log");
    }

    private void awaitReadiness() {
        try {
            await("readiness of the server")
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast("the server ended", () -> !process.isAlive())
                    .until(this::isReady);
        } catch (RuntimeException e) {
            String output = output();
            close();
            throw new AssertionError("The server did not get ready. It printed:\n" + output, e);
        }
    }

    private boolean isReady() throws InterruptedException {
        var request =
                HttpRequest.newBuilder(origin().resolve("/actuator/health/readiness"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            // Nobody listens yet.
            return false;
        }
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The server did not end. It printed:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
