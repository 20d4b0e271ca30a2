package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;

/** A directory with scripts for Node, and the packages that they use, installed once. */
public final class NodeProject {

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(4);

    private final Path directory;

    private NodeProject(Path directory) {
        this.directory = directory;
    }

    /**
     * A project of this module.
     *
     * @param directory where {@code package.json} is, under the module's own directory
     */
    public static NodeProject in(String directory) {
        return new NodeProject(Path.of(directory).toAbsolutePath());
    }

    /** Starts a script; the packages are installed before the first one. */
    public Command start(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        synchronized (NodeProject.class) {
            install();
        }
        return Command.start(directory, environment, words);
    }

    private void install() throws IOException, InterruptedException {
        Path wanted = directory.resolve("package-lock.json");
        Path installed = directory.resolve("node_modules").resolve(".installed-lock.json");
        if (Files.exists(installed) && PathUtils.fileContentEquals(wanted, installed)) {
            return;
        }
        Command.start(directory, Map.of(), "npm", "ci", "--no-audit", "--no-fund")
                .result(INSTALL_LIMIT);
        Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }
}
