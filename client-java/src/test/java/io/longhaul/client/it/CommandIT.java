package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.it.LonghaulCommand.Result;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command against the packaged server. */
@ExtendWith(SharedServer.class)
@Timeout(value = 3, unit = MINUTES)
final class CommandIT {

    private final String endpoint;

    @TempDir private Path directory;

    CommandIT(ServerProcess server) {
        this.endpoint = server.uploads().toString();
    }

    @Test
    void printsTheUrlOfAFileAndNothingElseOnTheOutput() throws Exception {
        TestFile file = TestFile.create(directory, 3 << 20);
        Result result = run("upload", "--to", endpoint, file.path().toString());
        assertThat(result.code()).isZero();
        assertThat(result.lines()).hasSize(1);
        assertThat(result.err())
                .contains("started, 3.00 MiB", "complete, 3.00 MiB", result.lines().get(0))
                .doesNotContain("\u001b");
        assertArrived(result.lines().get(0), file);
    }

    @Test
    void saysNothingWhenQuiet() throws Exception {
        TestFile file = TestFile.create(directory, 10);
        Result result = run("upload", "-q", "--to", endpoint, file.path().toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).hasSize(1);
    }

    @Test
    void uploadsFoldersInTheOrderOfTheirNames() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("many/deep/er"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(folder.resolve("%02d.txt".formatted(i)), "content " + i);
        }
        Result result = run("upload", "-q", "--to", endpoint, "many");
        assertThat(result.lines()).hasSize(30);
        Result status = run("status", "--json", result.lines().get(7));
        assertThat(status.out())
                .contains("\"relativePath\":\"many/deep/er/07.txt\"", "\"complete\":true")
                .contains("\"filename\":\"07.txt\"", "\"filetype\":\"text/plain\"");
    }

    @Test
    void uploadsStandardInput() throws Exception {
        TestFile file = TestFile.create(directory, 9 << 20);
        Result result =
                LonghaulCommand.runWithInput(
                        directory,
                        file.path(),
                        "upload",
                        "--to=" + endpoint,
                        "-m",
                        "filename=backup.tar",
                        "-");
        assertThat(result.code()).as(result.err()).isZero();
        assertArrived(result.lines().get(0), file);
        assertThat(run("status", result.lines().get(0)).out())
                .contains("state         complete", "filename      backup.tar");
    }

    @Test
    void uploadsOverSeveralConnectionsWithChecksums() throws Exception {
        TestFile file = TestFile.create(directory, 17 << 20);
        Result result =
                run("upload", "--to=" + endpoint, "-p4", "--checksum", file.path().toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertArrived(result.lines().get(0), file);
    }

    @Test
    void writesEventsForPrograms() throws Exception {
        TestFile file = TestFile.create(directory, 1 << 20);
        Result result = run("upload", "--json", "--to", endpoint, file.path().toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).first().asString().contains("\"event\":\"started\"");
        assertThat(result.lines())
                .last()
                .asString()
                .startsWith("{\"event\":\"complete\"")
                .contains("\"length\":1048576", "\"url\":\"" + endpoint + "/");
    }

    @Test
    void goesOnWithOthersWhenOneFails() throws Exception {
        TestFile file = TestFile.create(directory, 10);
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Result result =
                run(
                        "upload",
                        "--json",
                        "--to=" + endpoint,
                        file.path().toString(),
                        file.path().toString(),
                        empty.toString());
        assertThat(result.code()).isEqualTo(7);
        assertThat(result.out()).contains("\"code\":\"busy\"", "\"event\":\"complete\"");
        assertThat(result.err()).contains("empty has no files");
    }

    @Test
    void tellsTheServersRefusalInOneSentence() throws Exception {
        TestFile file = TestFile.create(directory, 10);
        Result result = run("upload", "--to", endpoint + "/nowhere/at/all", "" + file.path());
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("failed: ").doesNotContain("\tat ");
    }

    @Test
    void givesUpWhenNobodyAnswers() throws Exception {
        TestFile file = TestFile.create(directory, 10);
        Result result =
                run("upload", "--to=http://127.0.0.1:1/", "--retry-for=1s", "" + file.path());
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("waiting at 0 %", "trying again", "failed: ");
    }

    @Test
    void removesUploads() throws Exception {
        TestFile file = TestFile.create(directory, 10);
        String url = run("upload", "-q", "--to", endpoint, "" + file.path()).lines().get(0);
        assertThat(run("rm", url).err()).contains("deleted");
        assertThat(run("rm", url).err()).contains("was gone already (410)");
        assertThat(run("rm", url).code()).isZero();
        Result status = run("status", url);
        assertThat(status.code()).isEqualTo(4);
        assertThat(status.err()).contains("expired or was deleted (410)");
    }

    private Result run(String... arguments) throws Exception {
        return LonghaulCommand.run(directory, arguments);
    }

    private static void assertArrived(String url, TestFile file) throws Exception {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            assertThat(TestFile.sha256(in)).isEqualTo(file.sha256());
        }
    }
}
