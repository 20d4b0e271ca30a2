package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk in memory, mounted while a test runs. Needs the rights to mount. */
public final class TemporaryDisk implements AutoCloseable {

    private final Path directory;
    private boolean mounted;

    public TemporaryDisk(Path directory, String options) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        mounted =
                run("mount", "-t", "tmpfs", "-o", options, "longhaul-tests", directory.toString());
    }

    public boolean isMounted() {
        return mounted;
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        try {
            if (mounted && !run("umount", directory.toString())) {
                throw new IOException("can't unmount " + directory);
            }
            mounted = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            return builder.start().waitFor() == 0;
        } catch (IOException _) {
            return false; // there is no such command here
        }
    }
}
