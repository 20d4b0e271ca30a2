package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Command;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command on a terminal, which {@code script} of util-linux pretends to be. */
@ExtendWith(SharedServer.class)
@EnabledIf("hasScript")
@Timeout(value = 2, unit = MINUTES)
final class CommandTerminalIT {

    private final ServerProcess server;

    @TempDir private Path directory;

    CommandTerminalIT(ServerProcess server) {
        this.server = server;
    }

    static boolean hasScript() {
        return Files.isExecutable(Path.of("/usr/bin/script"));
    }

    @Test
    void drawsABarThatFitsTheLine() throws Exception {
        String screen = upload("");
        assertThat(screen).contains("\u001b[2K", "\u001b[32m#", "%", "MiB/s");
        assertThat(screen.split("[\r\n]+|\u001b\\[2K"))
                .filteredOn(line -> !line.startsWith("http"))
                .allSatisfy(
                        line ->
                                assertThat(line.replaceAll("\u001b\\[[0-9]*[mAK]", ""))
                                        .hasSizeLessThan(60));
    }

    @Test
    void drawsWithoutColorsWhereNoneAreWanted() throws Exception {
        assertThat(upload("NO_COLOR=1 ")).contains("[##").doesNotContain("\u001b[32m");
    }

    @Test
    void drawsNothingOnATerminalThatCannot() throws Exception {
        assertThat(upload("TERM=dumb ")).contains("started, 64.0 MiB").doesNotContain("\u001b");
    }

    /** In so many requests that there is something to draw between them. */
    private String upload(String variables) throws Exception {
        TestFile file = TestFile.create(directory, 64L << 20);
        String command =
                variables
                        + String.join(" ", LonghaulCommand.words())
                        + " upload --chunk-size=64KiB --to="
                        + server.uploads()
                        + " "
                        + file.path().getFileName();
        var environment = new HashMap<>(LonghaulCommand.environment(directory));
        environment.put("LC_ALL", "C");
        environment.put("TERM", "xterm");
        environment.put("COLUMNS", "60");
        return Command.start(directory, environment, "script", "-qec", command, "/dev/null")
                .result(Duration.ofSeconds(60));
    }
}
