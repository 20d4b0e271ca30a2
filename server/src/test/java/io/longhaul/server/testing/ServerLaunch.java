package io.longhaul.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What surrounds a {@link ServerProcess}.
 *
 * @param workspace where its data and its log are; deleted with it
 * @param wrapper words before its command; what they start has to become the server (exec)
 * @param environment additions to the environment
 */
public record ServerLaunch(Path workspace, List<String> wrapper, Map<String, String> environment) {

    /** Nothing special. */
    public static ServerLaunch plain() {
        try {
            return in(Files.createTempDirectory("longhaul-server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ServerLaunch in(Path workspace) {
        return new ServerLaunch(workspace, List.of(), Map.of());
    }

    /** With so many file descriptors at most. */
    public ServerLaunch descriptors(int most) {
        String limited = "ulimit -n %d; exec \"$@\"".formatted(most);
        return under(List.of("bash", "-c", limited, "-"));
    }

    /** By a command that is put before the server's own and turns into it. */
    public ServerLaunch under(List<String> command) {
        return new ServerLaunch(workspace, command, environment);
    }

    /** With these additions to the environment. */
    public ServerLaunch environment(Map<String, String> additions) {
        return new ServerLaunch(workspace, wrapper, additions);
    }
}
