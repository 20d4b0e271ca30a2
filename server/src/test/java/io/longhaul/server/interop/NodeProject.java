package io.longhaul.server.interop;

import io.longhaul.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;

/** The scripts in {@code src/test/interop} and the packages they use, installed once. */
final class NodeProject {

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(4);
    private static final Path DIRECTORY = Path.of("src", "test", "interop").toAbsolutePath();

    private NodeProject() {}

    /** Starts a script; the packages are installed before the first one. */
    static synchronized Command start(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        install();
        return Command.start(DIRECTORY, environment, words);
    }

    private static void install() throws IOException, InterruptedException {
        Path wanted = DIRECTORY.resolve("package-lock.json");
        Path installed = DIRECTORY.resolve("node_modules").resolve(".installed-lock.json");
        if (Files.exists(installed) && PathUtils.fileContentEquals(wanted, installed)) {
            return;
        }
        Command.start(DIRECTORY, Map.of(), "npm", "ci", "--no-audit", "--no-fund")
                .result(INSTALL_LIMIT);
        Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }
}
