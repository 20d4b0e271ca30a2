package io.longhaul.server.crash;

import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Finds moments within the start of a server to kill it at. For one thread. */
final class StartWatch {

    /** The share of a start in which the catalog is opened, migrated, and given its reserve. */
    private static final int OPENING = 8;

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ServerProcess server;
    private final Random random;
    private List<String> catalog;
    private long begun = System.nanoTime();
    private long startNanos = TimeUnit.SECONDS.toNanos(5);

    /** Watches a server that has just begun to start. */
    StartWatch(ServerProcess server, Random random) {
        this.server = server;
        this.random = random;
        catalog = catalogFiles();
    }

    /** The server has just begun to start again. */
    void begun() {
        begun = System.nanoTime();
        catalog = catalogFiles();
    }

    /** The server is ready. */
    void ready() {
        startNanos = System.nanoTime() - begun;
    }

    /** Waits for a moment of the whole start, or of the time in which the catalog is opened. */
    void awaitSomeMoment() {
        if (random.nextInt(3) == 0) {
            LockSupport.parkNanos(random.nextLong(startNanos));
        } else {
            awaitOpening();
        }
    }

    /** Waits until the catalog's files change, and some more. */
    void awaitOpening() {
        while (catalogFiles().equals(catalog) && System.nanoTime() - begun < LIMIT_NANOS) {
            LockSupport.parkNanos(500_000);
        }
        LockSupport.parkNanos(random.nextLong(startNanos / OPENING));
    }

    private List<String> catalogFiles() {
        List<String> files = new ArrayList<>();
        for (String name : List.of("catalog.db", "catalog.db-wal", "catalog.db-shm")) {
            Path file = server.dataDir().resolve(name);
            try {
                files.add(name + Files.size(file) + Files.getLastModifiedTime(file));
            } catch (NoSuchFileException _) {
                // Not there yet, or not any more.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }
}
