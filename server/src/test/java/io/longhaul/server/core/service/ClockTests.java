package io.longhaul.server.core.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock is set forward and back: nothing is lost by it. */
@Timeout(60)
final class ClockTests {

    private static final Duration JUMP = ModelUpload.LIFE.multipliedBy(3);

    @TempDir private Path directory;
    private UploadWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new UploadWorld(directory);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void progressWhileTheClockIsBehindDoesNotBringTheEndNearer() throws IOException {
        Upload created = world.uploads().create(ServiceInMemory.creation(6, null));
        Instant promised = created.expiresAt();

        world.pass(JUMP.negated());
        world.uploads().append(created.id(), ServiceInMemory.append(0, "abc"));
        world.pass(JUMP);

        assertThat(world.uploads().sweep(10)).isZero();
        assertThat(world.uploads().head(created.id()).expiresAt()).isEqualTo(promised);
    }

    @Test
    void firstBytesOnTheirWayAreNoOrphan() throws Exception {
        ScriptedBody body = ScriptedBody.ofLength(6).bytes(ServiceInMemory.bytes("abc"));
        CompletableFuture<Upload> creation =
                CompletableFuture.supplyAsync(() -> create(body), Thread::startVirtualThread);
        body.awaitStalled();

        world.pass(JUMP);
        int deleted = world.uploads().deleteOrphans(Duration.ofDays(1));
        body.bytes(ServiceInMemory.bytes("def")).end();

        Upload upload = creation.get(30, TimeUnit.SECONDS);
        assertThat(deleted).isZero();
        assertThat(upload.state()).isEqualTo(UploadState.COMPLETE);
        assertThat(new String(world.download(upload.id()), US_ASCII)).isEqualTo("abcdef");
    }

    @Test
    void appendUnderWayOutlivesAJumpBeyondItsExpiry() throws Exception {
        UploadId id = world.uploads().create(ServiceInMemory.creation(6, null)).id();
        ScriptedBody body = ScriptedBody.ofLength(6).bytes(ServiceInMemory.bytes("abc"));
        CompletableFuture<String> append =
                ServiceInMemory.start(
                        () -> world.uploads().append(id, ServiceInMemory.append(0, body)));
        body.awaitStalled();

        world.pass(JUMP);
        int expired = world.uploads().sweep(10);
        body.bytes(ServiceInMemory.bytes("def")).end();

        assertThat(append.get(30, TimeUnit.SECONDS)).isEqualTo("ok");
        assertThat(expired).isZero();
        assertThat(new String(world.download(id), US_ASCII)).isEqualTo("abcdef");
    }

    private Upload create(ScriptedBody body) {
        try {
            return world.uploads()
                    .create(ServiceInMemory.creation(6, null), ServiceInMemory.append(0, body));
        } catch (IOException e) {
            throw new AssertionError("a store failed", e);
        }
    }
}
