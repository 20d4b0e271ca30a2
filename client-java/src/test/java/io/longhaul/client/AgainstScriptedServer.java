package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.testing.MemoryUpload;
import io.longhaul.client.testing.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of thirty bytes in three requests, by a client that waits for little. */
@Timeout(60)
abstract class AgainstScriptedServer {

    static final Duration STALL = Duration.ofMillis(200);
    static final Duration SOON = Duration.ofMillis(600);

    /** Far more than a client with these settings may take to say how it ended. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    static final int LENGTH = 30;
    static final int CHUNK = 10;

    final byte[] content = new byte[LENGTH];
    ScriptedServer server;
    UploadClient client;

    @TempDir Path directory;

    AgainstScriptedServer() {
        new Random(7).nextBytes(content);
    }

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = settings().build();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    UploadClient.Builder settings() {
        return UploadClient.builder(server.endpoint())
                .store(directory.resolve("store"))
                .retryPolicy(retrying(Duration.ofSeconds(10)))
                .stallTimeout(STALL)
                .chunkSize(CHUNK);
    }

    static RetryPolicy retrying(Duration time) {
        return new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(20), time);
    }

    /** Uses a client that gives up {@link #SOON}. */
    void giveUpSoon() {
        use(settings().retryPolicy(retrying(SOON)));
    }

    /** Uses other settings than {@link #settings()}. */
    void use(UploadClient.Builder settings) {
        client.close();
        client = settings.build();
    }

    Upload uploadFile() throws IOException {
        Path file = directory.resolve("content.bin");
        if (!Files.exists(file)) {
            Files.write(file, content);
        }
        return client.upload(file);
    }

    Upload uploadStream() {
        return client.upload(new ByteArrayInputStream(content), Map.of());
    }

    CompletedUpload arrives() throws Exception {
        return arrives(uploadFile());
    }

    /**
     * The upload completes in time, and the server has its bytes, none of them sent for nothing.
     */
    CompletedUpload arrives(Upload upload) throws Exception {
        CompletedUpload completed = upload.result().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(completed.length()).isEqualTo(LENGTH);
        MemoryUpload stored = stored(completed);
        assertThat(stored.content()).isEqualTo(content);
        assertThat(stored.isComplete()).isTrue();
        assertThat(stored.receivedAgain()).isZero();
        return completed;
    }

    <T extends UploadException> T failsWith(Class<T> type) throws Exception {
        return failsWith(type, uploadFile());
    }

    /** The upload fails in time, as documented, and names what it waited for. */
    <T extends UploadException> T failsWith(Class<T> type, Upload upload) throws Exception {
        try {
            CompletedUpload completed =
                    upload.result().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            throw new AssertionError("completed: " + completed);
        } catch (TimeoutException e) {
            throw new AssertionError("hangs: " + upload.progress(), e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            assertThat(cause).isInstanceOf(type);
            assertThat(cause).message().isNotEmpty();
            return type.cast(cause);
        }
    }

    /** The upload completes with the right bytes, or fails as documented; in time. */
    void arrivesOrFails(Upload upload) throws Exception {
        try {
            arrives(upload);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(UploadException.class);
        }
    }

    void assertOneUpload() {
        assertThat(server.uploads()).hasSize(1);
    }

    List<StoredUpload> remembered() {
        return FileUrlStore.uploads(directory.resolve("store"));
    }

    private MemoryUpload stored(CompletedUpload completed) {
        return server.uploads().stream()
                .filter(upload -> upload.path().equals(completed.url().getPath()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not on the server: " + completed.url()));
    }
}
