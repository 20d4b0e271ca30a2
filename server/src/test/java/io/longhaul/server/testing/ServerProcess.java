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
import java.util.Map;
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
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private Process process;

    /** Puts into a data directory what a server is to find there. */
    public interface Preparation {
        void prepare(Path dataDir) throws IOException;
    }

    private ServerProcess(ServerLaunch launch, int port, List<String> command) throws IOException {
        this.workspace = launch.workspace();
        this.environment = launch.environment();
        this.port = port;
        this.command = command;
        this.process = launch();
    }

    /** Starts a server with an empty data directory and waits until it is ready. */
    public static ServerProcess start(String... arguments) {
        return start(FreePorts.next(), arguments);
    }

    /** Starts a server on a given port, for one whose arguments name its own address. */
    public static ServerProcess start(int port, String... arguments) {
        return ready(begin(ServerLaunch.plain(), port, java(), _ -> {}, arguments));
    }

    /** Starts a server in surroundings of its own. */
    public static ServerProcess start(ServerLaunch launch, String... arguments) {
        return ready(begin(launch, FreePorts.next(), java(), _ -> {}, arguments));
    }

    /**
     * Starts a server by its script.
     *
     * @param environment added to this process's
     */
    public static ServerProcess startScript(Path script, Map<String, String> environment) {
        ServerLaunch launch = ServerLaunch.plain().environment(environment);
        return ready(begin(launch, FreePorts.next(), List.of(script.toString()), _ -> {}));
    }

    /** Starts a server on a port of its own and does not wait. */
    public static ServerProcess begin(Preparation data, String... arguments) {
        return begin(ServerLaunch.plain(), FreePorts.next(), java(), data, arguments);
    }

    /** Starts a server in surroundings of its own and does not wait. */
    public static ServerProcess begin(ServerLaunch launch, String... arguments) {
        return begin(launch, FreePorts.next(), java(), _ -> {}, arguments);
    }

    /** The same for one whose arguments name its own address. */
    public static ServerProcess begin(ServerLaunch launch, int port, String... arguments) {
        return begin(launch, port, java(), _ -> {}, arguments);
    }

    private static ServerProcess begin(
            ServerLaunch launch,
            int port,
            List<String> program,
            Preparation data,
            String... arguments) {
        try {
            Path dataDir = launch.workspace().resolve("data");
            data.prepare(dataDir);
            List<String> command = new ArrayList<>(launch.wrapper());
            command.addAll(program);
            command.addAll(List.of("--server.port=" + port, "--longhaul.data-dir=" + dataDir));
            TestStore.settings(launch.workspace()).forEach(each -> command.add("--" + each));
            command.addAll(List.of(arguments));
            return new ServerProcess(launch, port, List.copyOf(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess ready(ServerProcess server) {
        server.awaitReadiness();
        return server;
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

    /** Stops the process where it is (SIGSTOP), as a long pause does, until it is resumed. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets a frozen process go on. */
    public void unfreeze() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Command.start(workspace, Map.of(), "kill", "-" + name, Long.toString(pid()))
                .result(STOP_LIMIT);
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
        beginAgain();
        awaitReadiness();
    }

    /** Starts the server again and does not wait. */
    public void beginAgain() {
        if (process.isAlive()) {
            throw new IllegalStateException("the server still runs");
        }
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        kill();
        FileUtils.deleteQuietly(workspace.toFile());
    }

    private static List<String> java() {
        String jar = Objects.requireNonNull(System.getProperty("packaged.jar"), "packaged.jar");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A short life is spent starting, which the first compiler alone makes shorter.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar);
    }

    private Process launch() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(workspace.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        return ChildProcesses.start(builder);
    }

    private Path log() {
        return workspace.resolve("server.log");
    }

    /** Waits until the server takes requests. */
    public void awaitReadiness() {
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
