package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Many readers of one large content in a mapped file. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DownloadReadersTests {

    private static final int LENGTH = 16 * 1024 * 1024;
    private static final int READERS = 100;
    private static final int SMALL_BUFFER = 4096;
    private static final String GET = "GET / HTTP/1.1\nHost: localhost";

    private static final AtomicInteger serving = new AtomicInteger();
    private static final AtomicInteger broken = new AtomicInteger();
    private static FakeContent content;
    private static HandlerServer server;
    private static String digest;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        byte[] bytes = new byte[LENGTH];
        new Random(7).nextBytes(bytes);
        digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        content = mapped(Files.write(directory.resolve("content"), bytes));
        Download download = new Download();
        server =
                HandlerServer.answering(
                        (request, response) -> {
                            serving.incrementAndGet();
                            try {
                                download.serve(request, response, content);
                            } catch (ClientGoneException e) {
                                broken.incrementAndGet();
                                throw e;
                            } finally {
                                serving.decrementAndGet();
                            }
                        });
    }

    private static FakeContent mapped(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MappedByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
            return new FakeContent(bytes, UploadMetadata.NONE, 1024 * 1024);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String read(RawConnection connection) throws Exception {
        RawResponse head = connection.request(GET).readHead();
        assertThat(head.status()).isEqualTo(200);
        return readBody(connection);
    }

    private static String readBody(RawConnection connection) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        connection.copyBytes(
                LENGTH, new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static String readAll() throws Exception {
        try (RawConnection connection = server.connect()) {
            return read(connection);
        }
    }

    private static List<String> readByMany(int readers) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> digests = new ArrayList<>();
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                tasks.add(DownloadReadersTests::readAll);
            }
            for (Future<String> reader : threads.invokeAll(tasks)) {
                digests.add(reader.get());
            }
            return digests;
        }
    }

    @Test
    void givesEveryOfManyReadersTheSameBytes() throws Exception {
        assertThat(readByMany(READERS)).hasSize(READERS).containsOnly(digest);
    }

    @Test
    void slowReadersHoldUpNobody() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                slow.add(RawConnection.to(server.port(), SMALL_BUFFER).request(GET));
            }
            Awaitility.await().untilAsserted(() -> assertThat(serving).hasValue(READERS));

            assertThat(readByMany(4)).containsOnly(digest);
            assertThat(serving).hasValue(READERS);

            RawConnection first = slow.getFirst();
            first.readHead();
            assertThat(readBody(first)).isEqualTo(digest);
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
        awaitNobodyServed();
    }

    @Test
    void aReaderThatStopsInTheMiddleEndsQuietlyAndDisturbsNobody() throws Exception {
        ListAppender<ILoggingEvent> log = record();
        int before = broken.get();
        try (RawConnection other = RawConnection.to(server.port(), SMALL_BUFFER)) {
            other.request(GET).readHead();
            for (int i = 0; i < 10; i++) {
                stopInTheMiddle(i % 2 == 0);
            }
            Awaitility.await().untilAsserted(() -> assertThat(broken).hasValue(before + 10));

            assertThat(readBody(other)).isEqualTo(digest);
        }
        awaitNobodyServed();
        rootLogger().detachAppender(log);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void aReaderThatTakesNothingIsGivenUp() throws Exception {
        AtomicReference<Exception> end = new AtomicReference<>();
        Download download = new Download();
        try (HandlerServer impatient =
                        HandlerServer.answering(
                                        (request, response) -> {
                                            try {
                                                download.serve(request, response, content);
                                            } catch (IOException e) {
                                                end.set(e);
                                                throw e;
                                            }
                                        })
                                .idleTimeout(Duration.ofMillis(300));
                RawConnection connection = RawConnection.to(impatient.port(), SMALL_BUFFER)) {
            connection.request(GET).readHead();

            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(end.get())
                                            .isInstanceOf(ClientGoneException.class)
                                            .hasRootCauseInstanceOf(TimeoutException.class));
        }
    }

    private static void stopInTheMiddle(boolean reset) throws IOException {
        try (RawConnection connection = RawConnection.to(server.port(), SMALL_BUFFER)) {
            connection.request(GET).readHead();
            connection.readBytes(100_000);
            if (reset) {
                connection.reset();
            }
        }
    }

    private static void awaitNobodyServed() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(serving).hasValue(0));
    }

    private static Logger rootLogger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static ListAppender<ILoggingEvent> record() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        rootLogger().addAppender(log);
        return log;
    }
}
