package io.longhaul.server.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.upload.UploadId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MeteredContentStoreTests {

    private static final UploadId ID = UploadId.random();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecordingContentStore store = new RecordingContentStore(9);
    private final MeteredContentStore metered = new MeteredContentStore(store, registry);

    @Test
    void passesAnAppendOnAndTimesIt() throws IOException {
        try (ContentAppend append = metered.append(ID, new ContentPlace(null, 7, null))) {
            append.write(ByteBuffer.allocate(3));
            append.idle();
            assertThat(append.offset()).isEqualTo(42);
            assertThat(append.flush()).isEqualTo(RecordingContentStore.REFERENCE);
            append.committed();
        }

        assertThat(store.asked)
                .containsExactly("append at 7", "write 3", "idle", "flush", "committed", "close");
        assertThat(count("append")).isEqualTo(1);
        assertThat(count("write")).isEqualTo(1);
        assertThat(count("flush")).isEqualTo(1);
    }

    @Test
    void passesAReadOnAndTimesIt() throws IOException {
        AtomicInteger read = new AtomicInteger();
        metered.read(
                RecordingContentStore.REFERENCE, 5, 6, bytes -> read.addAndGet(bytes.remaining()));

        assertThat(read).hasValue(6);
        assertThat(store.asked).containsExactly("read 6 at 5");
        assertThat(count("read")).isEqualTo(1);
    }

    @Test
    void passesAnAssemblyOnAndTimesIt() throws IOException {
        assertThat(metered.assemble(RecordingContentStore.REFERENCE))
                .isEqualTo(RecordingContentStore.ASSEMBLED);

        assertThat(store.asked).containsExactly("assemble there");
        assertThat(count("assemble")).isEqualTo(1);
        assertThat(metered.readable(RecordingContentStore.REFERENCE)).isFalse();
        assertThat(metered.readable(RecordingContentStore.ASSEMBLED)).isTrue();
    }

    @Test
    void givesBackWhatTheStoreSays() throws IOException {
        assertThat(metered.deleteOrphans(Instant.EPOCH, _ -> new ContentClaims.Growing()))
                .isEqualTo(5);
        assertThat(metered.usableBytes()).hasValue(9);
        assertThat(count("delete-orphans")).isEqualTo(1);
    }

    @Test
    void timesAFailureAndPassesItOn() {
        assertThatIOException()
                .isThrownBy(() -> metered.delete(ID, null))
                .withMessage("the store fails");
        assertThat(count("delete")).isEqualTo(1);
    }

    private long count(String operation) {
        return registry.get("longhaul.content").tag("operation", operation).timer().count();
    }
}
