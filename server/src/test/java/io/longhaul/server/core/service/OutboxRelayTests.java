package io.longhaul.server.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.longhaul.server.catalog.jdbc.SqliteUploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutboxRelayTests {

    @TempDir private Path directory;

    private final List<UploadEvent> delivered = new ArrayList<>();

    /** One that a crash stops after so many events. */
    private UploadListener dyingAfter(int events) {
        return new UploadListener() {
            @Override
            public void onEvent(UploadEvent event) {
                if (delivered.size() == events) {
                    throw new IllegalStateException("the process has died");
                }
                delivered.add(event);
            }
        };
    }

    private SqliteUploadCatalog open() throws IOException {
        return new SqliteUploadCatalog(directory.resolve("catalog.db"), Durability.PROCESS_CRASH);
    }

    private static UploadEvent complete(SqliteUploadCatalog catalog) throws IOException {
        Instant now = Instant.ofEpochSecond(1_000_000);
        Upload upload = Upload.receiving(UploadId.random(), "", OptionalLong.of(0), now);
        UploadEvent event = new UploadEvent.Completed(upload.id(), now, 0);
        catalog.create(upload, event);
        return event;
    }

    @Test
    void whatWasCommittedBeforeACrashIsDeliveredOnceAfterIt() throws IOException {
        UploadEvent event;
        try (SqliteUploadCatalog catalog = open()) {
            event = complete(catalog);
        }

        try (SqliteUploadCatalog catalog = open()) {
            OutboxRelay relay = new OutboxRelay(catalog, dyingAfter(10));
            assertThat(relay.deliver()).isEqualTo(1);
            assertThat(relay.deliver()).isZero();
        }

        try (SqliteUploadCatalog catalog = open()) {
            assertThat(new OutboxRelay(catalog, dyingAfter(10)).deliver()).isZero();
        }
        assertThat(delivered).containsExactly(event);
    }

    @Test
    void waitsForOthersToAcknowledgeThemTogether() throws Exception {
        try (SqliteUploadCatalog catalog = open()) {
            OutboxRelay relay = new OutboxRelay(catalog, dyingAfter(10));
            long begun = System.nanoTime();
            relay.onAnnouncement();
            relay.onAnnouncement();
            relay.await(Duration.ofMinutes(1));
            long announced = System.nanoTime() - begun;
            relay.await(Duration.ofMillis(1)); // none is left to be waited for

            assertThat(Duration.ofNanos(announced))
                    .isBetween(Duration.ofMillis(100), Duration.ofSeconds(30));
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void whatWasNotAcknowledgedComesAgainInOrder() throws IOException {
        UploadEvent first;
        UploadEvent second;
        try (SqliteUploadCatalog catalog = open()) {
            first = complete(catalog);
            second = complete(catalog);
            OutboxRelay dying = new OutboxRelay(catalog, dyingAfter(1));
            assertThatIllegalStateException().isThrownBy(dying::deliver);
        }

        try (SqliteUploadCatalog catalog = open()) {
            assertThat(new OutboxRelay(catalog, dyingAfter(10)).deliver()).isEqualTo(2);
        }
        assertThat(delivered).containsExactly(first, first, second);
    }
}
