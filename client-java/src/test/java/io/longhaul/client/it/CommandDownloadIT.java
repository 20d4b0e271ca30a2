package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longhaul.client.it.LonghaulCommand.Result;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Downloads with the command: from the packaged server, and from one that breaks off. */
@ExtendWith(SharedServer.class)
@Timeout(value = 3, unit = MINUTES)
final class CommandDownloadIT {

    private static final int MIB = 1 << 20;
    private static final int PIECE = 1_500_000;

    private final ServerProcess server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir private Path directory;
    private HttpServer breaking;
    private TestFile file;
    private volatile String etag = "\"one\"";
    private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);

    CommandDownloadIT(ServerProcess server) {
        this.server = server;
    }

    @BeforeEach
    void start() throws IOException {
        file = TestFile.create(directory, 5L * MIB);
        breaking = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        breaking.createContext("/", this::answerAPiece);
        breaking.start();
    }

    @AfterEach
    void stop() {
        breaking.stop(0);
    }

    @Test
    void downloadsUnderTheNameOfTheUpload() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("elsewhere"));
        String url = upload();
        Result result = LonghaulCommand.run(folder, "download", url);
        assertThat(result.lines()).containsExactly(file.path().getFileName().toString());
        assertArrived(folder.resolve(file.path().getFileName()));
        assertThat(LonghaulCommand.run(folder, "download", url).code()).isEqualTo(2);
        assertThat(LonghaulCommand.run(folder, "download", "-f", url).code()).isZero();
    }

    @Test
    void downloadsToTheOutput() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "as it is");
        String url = run("upload", "-q", "--to=" + server.uploads(), "" + text).lines().get(0);
        Result result = run("download", "-q", "-o", "-", url);
        assertThat(result).isEqualTo(new Result(0, "as it is", ""));
    }

    @Test
    void goesOnWhereEachAnswerBrokeOff() throws Exception {
        Result result = run("download", url(), "-o", "out.bin");
        assertThat(result.code()).as(result.err()).isZero();
        assertArrived(directory.resolve("out.bin"));
        assertThat(asked).hasSizeBetween(4, 6).startsWith("none").doesNotHaveDuplicates();
        assertThat(starts()).isSorted().allMatch(start -> start > 0);
        assertThat(directory.resolve("out.bin.part")).doesNotExist();
    }

    @Test
    void goesOnAfterItWasKilled() throws Exception {
        answers.set(2);
        long kept = interruptDownload();
        assertThat(kept).isPositive();
        answers.set(Integer.MAX_VALUE);
        asked.clear();
        Result result = run("download", url(), "-o", "out.bin");
        assertThat(result.err()).contains("going on with out.bin.part at " + kept + " bytes");
        assertThat(starts().get(0)).isEqualTo(kept);
        assertThat(starts()).isSorted();
        assertArrived(directory.resolve("out.bin"));
    }

    @Test
    void beginsAnewWhenTheContentHasChanged() throws Exception {
        answers.set(1);
        assertThat(interruptDownload()).isPositive();
        answers.set(Integer.MAX_VALUE);
        etag = "\"two\"";
        assertThat(run("download", url(), "-o", "out.bin").code()).isZero();
        assertArrived(directory.resolve("out.bin"));
    }

    @Test
    void doesNotMixTwoContentsOnTheOutput() throws Exception {
        answers.set(1);
        try (var command = LonghaulCommand.start(directory, "download", "-o", "-", url())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> asked.size() >= 2);
            etag = "\"two\"";
            answers.set(Integer.MAX_VALUE);
            Result result = command.result();
            assertThat(result.code()).isEqualTo(6);
            assertThat(result.err()).contains("the content changed").doesNotContain("\tat ");
        }
    }

    @Test
    void givesUpWhenTheServerStaysAway() throws Exception {
        answers.set(0);
        Result result = run("download", "--retry-for=1s", url(), "-o", "out.bin");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("the server answers 503", "given up after");
    }

    /** Answers with so many bytes at most, whatever it has promised; after some answers by 503. */
    private void answerAPiece(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(range == null ? "none" : range);
            if (answers.getAndDecrement() <= 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] all = Files.readAllBytes(file.path());
            boolean same = etag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
            int from = same ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
            exchange.getResponseHeaders().set("ETag", etag);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set(
                                "Content-Range",
                                "bytes %d-%d/%d".formatted(from, all.length - 1, all.length));
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, all.length - from);
            int to = Math.min(all.length, from + PIECE);
            exchange.getResponseBody().write(Arrays.copyOfRange(all, from, to));
        } catch (IOException _) {
            // Fewer bytes than were promised: that is the idea.
        }
    }

    /** Kills a download when the server has stopped to serve it, and tells what it has kept. */
    private long interruptDownload() throws Exception {
        Path part = directory.resolve("out.bin.part");
        try (var command = LonghaulCommand.start(directory, "download", url(), "-o", "out.bin")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> answers.get() < 0);
            command.kill();
        }
        return Files.size(part);
    }

    /** Where each request but the first began. */
    private List<Long> starts() {
        return asked.stream()
                .filter(range -> !range.equals("none"))
                .map(range -> Long.parseLong(range.replaceAll("\\D", "")))
                .toList();
    }

    private String url() {
        return "http://127.0.0.1:" + breaking.getAddress().getPort() + "/file";
    }

    private String upload() throws Exception {
        return run("upload", "-q", "--to=" + server.uploads(), "" + file.path()).lines().get(0);
    }

    private void assertArrived(Path path) throws IOException {
        assertThat(path).hasSameBinaryContentAs(file.path());
    }

    private Result run(String... arguments) throws Exception {
        return LonghaulCommand.run(directory, arguments);
    }
}
