package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The nginx program: the one that is installed, or else the one from Debian's package. */
public final class NginxBinary {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path INSTALLED = Path.of("/usr/sbin/nginx");

    private NginxBinary() {}

    /** Finds or fetches it; where that fails, prints why the tests that need it are skipped. */
    public static Optional<Path> find() throws InterruptedException {
        DebianProgram nginx = new DebianProgram(INSTALLED, "nginx");
        if (nginx.isInstalled()) {
            return Optional.of(INSTALLED);
        }
        try {
            nginx.fetch();
            Command.start(nginx.root(), Map.of(), nginx.unpacked().toString(), "-v").result(LIMIT);
            return Optional.of(nginx.unpacked());
        } catch (IOException | AssertionError e) {
            System.err.println(
                    "SKIPPED: tests through nginx. It is not installed, and Debian's package"
                            + " cannot be had: "
                            + e.getMessage());
            return Optional.empty();
        }
    }
}
