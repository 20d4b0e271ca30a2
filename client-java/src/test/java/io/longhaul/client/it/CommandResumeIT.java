package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.FileUrlStore;
import io.longhaul.client.StoredUpload;
import io.longhaul.client.it.LonghaulCommand.Result;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command stopped in the middle, over a network that is so bad that there is time for it. */
@ExtendWith(SharedServer.class)
@Timeout(value = 3, unit = MINUTES)
final class CommandResumeIT {

    private static final int MIB = 1 << 20;
    private static final Pattern SENT = Pattern.compile("\"complete\".*\"sent\":(\\d+)");

    private final FlakyProxy network;

    @TempDir private Path directory;
    private TestFile file;

    CommandResumeIT(ServerProcess server) {
        this.network = FlakyProxy.to(server.port());
    }

    @BeforeEach
    void createFile() throws Exception {
        file = TestFile.create(directory, 24L * MIB);
        network.cutAfter(MIB);
    }

    @AfterEach
    void closeNetwork() {
        network.close();
    }

    @Test
    void goesOnAfterItWasKilled() throws Exception {
        uploadHalf(LonghaulCommand::kill);
        Result result = run("upload", "--json", "--to=" + network.uploads(), "" + file.path());
        assertResumed(result);
    }

    @Test
    void saysHowToGoOnWhenItIsInterrupted() throws Exception {
        Result stopped = uploadHalf(LonghaulCommand::interrupt);
        assertThat(stopped.code()).isEqualTo(130);
        assertThat(stopped.err()).contains("stopped; go on with: longhaul resume");
        assertThat(stopped.err()).doesNotContain("failed");
        assertResumed(run("resume", "--json"));
        assertThat(run("ls").err()).contains("No open uploads");
    }

    @Test
    void goesOnWithPiecesOfAFile() throws Exception {
        uploadHalf(LonghaulCommand::kill, "--parallel=3");
        assertThat(run("ls", "--remote").out()).contains("and other pieces, 3");
        assertResumed(run("resume", "--json"));
    }

    @Test
    void listsWhatIsOpen() throws Exception {
        uploadHalf(LonghaulCommand::kill);
        assertThat(run("ls").lines().get(1)).contains("24.0 MiB", "" + file.path());
        Result json = run("ls", "--json", "--remote");
        assertThat(json.code()).isZero();
        assertThat(json.lines()).hasSize(1);
        assertThat(json.out())
                .contains("\"path\":\"" + file.path(), "\"length\":25165824")
                .contains("\"filename\":\"25165824.bin\"")
                .matches("(?s).*\"offset\":[1-9][0-9]*,.*");
        String url = stored().get(0).url().toString();
        assertThat(run("rm", url).code()).isZero();
        assertThat(stored()).isEmpty();
    }

    @Test
    void leavesOutFilesThatChangedAndSaysSo() throws Exception {
        uploadHalf(LonghaulCommand::kill);
        Files.write(file.path(), new byte[] {1}, StandardOpenOption.WRITE);
        Result changed = run("resume");
        assertThat(changed.err()).contains("left out: the file has changed");
        Files.write(file.path(), new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(run("resume").err()).contains("has 25165825 bytes now, 25165824 before");
        Files.delete(file.path());
        assertThat(run("resume").err()).contains("left out: the file is not there any more");
        assertThat(stored()).hasSize(1);
    }

    /** Something that ends a command. */
    private interface End {
        void of(LonghaulCommand command) throws Exception;
    }

    private Result uploadHalf(End end, String... options) throws Exception {
        var words =
                new java.util.ArrayList<>(
                        List.of("upload", "--to=" + network.uploads(), "" + file.path()));
        words.addAll(List.of(options));
        try (var command = LonghaulCommand.start(directory, words.toArray(new String[0]))) {
            await("half of the file")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .failFast("the command ended", () -> !command.isAlive())
                    .until(() -> !stored().isEmpty() && offsets() > 8L * MIB);
            end.of(command);
            return command.result();
        } finally {
            network.cutAfter(Long.MAX_VALUE);
        }
    }

    private List<StoredUpload> stored() {
        return FileUrlStore.uploads(LonghaulCommand.store(directory));
    }

    private long offsets() throws Exception {
        long sum = 0;
        for (StoredUpload upload : stored()) {
            // HEAD carries few bytes: the network lets it through.
            sum += Http.offset(upload.url());
        }
        return sum;
    }

    private void assertResumed(Result result) throws Exception {
        assertThat(result.code()).as(result.err() + result.out()).isZero();
        Matcher sent = SENT.matcher(result.out());
        assertThat(sent.find()).as(result.out()).isTrue();
        assertThat(Long.parseLong(sent.group(1))).isLessThanOrEqualTo(16L * MIB);
        Matcher url = Pattern.compile("\"url\":\"([^\"]+)\"").matcher(result.out());
        assertThat(url.find()).isTrue();
        try (InputStream in = URI.create(url.group(1)).toURL().openStream()) {
            assertThat(TestFile.sha256(in)).isEqualTo(file.sha256());
        }
    }

    private Result run(String... arguments) throws Exception {
        return LonghaulCommand.run(directory, arguments);
    }
}
