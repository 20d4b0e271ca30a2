package io.longhaul.client.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Command;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every command on the page about {@code longhaul} is run, one after the other, by one shell. */
@ExtendWith(SharedServer.class)
@Timeout(300)
final class CommandExamplesIT {

    private static final Path PAGE = Path.of("../docs/clients/command.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    private final ServerProcess server;

    @TempDir private Path directory;

    CommandExamplesIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void everyCommandEndsWell() throws Exception {
        TestFile.create(directory, "holiday.mp4", 9L << 20);
        Path photos = Files.createDirectory(directory.resolve("photos"));
        TestFile.create(photos, "first.jpg", 100_000);
        TestFile.create(photos, "second.jpg", 200_000);
        List<String> blocks =
                BLOCK.matcher(Files.readString(PAGE))
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertThat(blocks).hasSize(6);

        String output = run("set -eu\n" + String.join("\n", blocks));

        assertThat(output).contains("state         complete").contains("filename      holiday.mp4");
        assertThat(output).contains("\"event\":\"complete\"").doesNotContain("fail ");
        assertThat(directory.resolve("copy.mp4"))
                .hasSameBinaryContentAs(directory.resolve("holiday.mp4"));
    }

    private String run(String script) throws IOException, InterruptedException {
        String jar = Objects.requireNonNull(System.getProperty("command.jar"), "command.jar");
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path longhaul =
                Files.writeString(
                        bin.resolve("longhaul"),
                        "#!/bin/sh\nexec %s/bin/java -jar %s \"$@\"\n"
                                .formatted(Program.thisJava(), jar));
        Files.setPosixFilePermissions(longhaul, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> environment =
                Map.of(
                        "PATH",
                        bin + ":" + System.getenv("PATH"),
                        "XDG_STATE_HOME",
                        directory.resolve("state").toString());
        String local = script.replace("http://localhost:8080/files", server.uploads().toString());
        return Command.start(directory, environment, "bash", "-c", local)
                .result(Duration.ofMinutes(2));
    }
}
