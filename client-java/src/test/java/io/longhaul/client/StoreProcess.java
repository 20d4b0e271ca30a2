package io.longhaul.client;

import io.tus.java.client.TusURLStore;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another JVM that uses a {@link FileUrlStore}; closing kills it at once. */
final class StoreProcess implements AutoCloseable {

    static final URI ENDPOINT = URI.create("https://example.org/files");

    private final Process process;

    private StoreProcess(Process process) {
        this.process = process;
    }

    static StoreProcess start(String task, Path directory, String argument) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder =
                new ProcessBuilder(
                        java.toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        StoreProcess.class.getName(),
                        task,
                        directory.toString(),
                        argument);
        return new StoreProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** Waits for the end of its task. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the other process did not end within 30 s");
        }
        return process.exitValue();
    }

    /** Waits, and says whether it ended meanwhile. */
    boolean endsWithin(int millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Value of an upload's note, long enough that a write takes more than one page. */
    static String note(String url) {
        return url.repeat(500);
    }

    /** What the other JVM does; it ends when this one does. */
    public static void main(String[] args) throws IOException {
        FileUrlStore store = new FileUrlStore(Path.of(args[1]), ENDPOINT);
        switch (args[0]) {
            case "claim" -> claim(store, args[2]);
            case "write" -> write(store, args[2], 300);
            case "write for ever" -> write(store, args[2], Integer.MAX_VALUE);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void claim(FileUrlStore store, String fingerprint) throws IOException {
        Optional<FileUrlStore.Claim> claim = store.claim(fingerprint);
        System.out.println(claim.isPresent() ? "claimed" : "refused");
        // Blocks until this process is killed, or the pipe closes because the other one ended.
        int end = System.in.read();
        System.out.println(claim + " " + end);
    }

    /** Both writers write the same twenty sources, so that each replaces the other's. */
    private static void write(FileUrlStore store, String writer, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            String url = ENDPOINT + "/" + writer + "/" + i;
            store.set("source " + i % 20, new URL(url), Map.of("long", note(url)));
            if (i == 20) {
                System.out.println("writes");
            }
        }
    }

    private static String classPath() {
        return Stream.of(StoreProcess.class, FileUrlStore.class, TusURLStore.class)
                .map(StoreProcess::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> sources() {
        return Stream.iterate(0, i -> i + 1).limit(20).map(i -> "source " + i).toList();
    }
}
