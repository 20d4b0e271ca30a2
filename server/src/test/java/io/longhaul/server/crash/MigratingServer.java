package io.longhaul.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;

/** A server that finds an older catalog and is killed while it brings it to its own version. */
final class MigratingServer implements AutoCloseable {

    private static final int LENGTH = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OlderCatalog older;
    private final CatalogHistory history = new CatalogHistory();
    private final ServerProcess server;
    private final StartWatch start;
    private final DeliveryLog log;
    private final Tally tally;
    private boolean begun = true;

    MigratingServer(int version, long seed, Tally tally) {
        this.tally = tally;
        Random random = new Random(seed);
        older = new OlderCatalog(version, UploadId.random(), Bytes.random(LENGTH, random));
        server = ServerProcess.begin(older::write);
        start = new StartWatch(server, random);
        log = new DeliveryLog(server);
    }

    /** Kills it at about the time at which the catalog is migrated. */
    void killWhileMigrating() throws IOException {
        begin();
        start.awaitOpening();
        server.kill();
        tally.killedWhileStarting(
                Files.exists(server.dataDir().resolve("catalog.db")), check().migrated());
    }

    /** Lets it start: the catalog is of the newest version and holds what it held. */
    void finish() throws IOException {
        begin();
        server.awaitReadiness();
        await("an empty outbox")
                .atMost(PATIENCE)
                .until(() -> StoredCatalog.ofRunning(server.dataDir()).outbox().isEmpty());
        if (older.version() > 0) {
            assertThat(new Wire(server.port()).download("/files/" + older.id(), LENGTH))
                    .isEqualTo(older.bytes().sha256());
        }
        server.kill();
        check();
        assertThat(OlderCatalog.version(server.dataDir())).isEqualTo(OlderCatalog.migrations());
        assertThat(history.completed()).isEqualTo(older.version() > 0 ? 1 : 0);
    }

    private StoredCatalog check() throws IOException {
        StoredCatalog catalog = StoredCatalog.of(server.dataDir());
        history.kill(catalog, log.next());
        return catalog;
    }

    private void begin() {
        if (!begun) {
            server.beginAgain();
            start.begun();
        }
        begun = false;
    }

    @Override
    public void close() {
        server.close();
    }
}
