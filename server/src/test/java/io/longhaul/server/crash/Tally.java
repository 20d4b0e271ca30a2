package io.longhaul.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** What a campaign did, so that it can be told, and seen that it did enough. For one thread. */
final class Tally {

    private final long began = System.nanoTime();
    private int underLoad;
    private int whileStarting;
    private int beforeCatalog;
    private int migrating;
    private int interrupted;
    private long orphans;
    private long completed;
    private long repeated;
    private long uploads;
    private long gone;
    private long mebibytes;

    void killedUnderLoad() {
        underLoad++;
    }

    /**
     * @param created whether there is a file of the catalog
     * @param migrated whether it has its tables
     */
    void killedWhileStarting(boolean created, boolean migrated) {
        whileStarting++;
        beforeCatalog += created ? 0 : 1;
        migrating += created && !migrated ? 1 : 0;
    }

    void interrupted(int requests) {
        interrupted += requests;
    }

    void orphans(long found) {
        orphans += found;
    }

    void finished(List<CrashClient> clients, CatalogHistory history) {
        completed += history.completed();
        repeated += history.repeated();
        uploads += all(clients).count();
        gone += all(clients).filter(TrackedUpload::confirmedGone).count();
        mebibytes +=
                all(clients)
                                .filter(TrackedUpload::live)
                                .mapToLong(TrackedUpload::acknowledged)
                                .sum()
                        >> 20;
    }

    private static Stream<TrackedUpload> all(List<CrashClient> clients) {
        return clients.stream().flatMap(client -> client.uploads().stream());
    }

    /** A kill that broke nothing off shows nothing. */
    void assertEnough() {
        assertThat(interrupted).as("requests that a kill broke off").isPositive();
        assertThat(completed).as("uploads completed").isPositive();
        assertThat(orphans).as("orphans swept").isPositive();
        assertThat(gone).as("uploads terminated or expired").isPositive();
    }

    @Override
    public String toString() {
        double minutes = (System.nanoTime() - began) / 60e9;
        return """
        killed %d times under load, %d while starting (%d before there was a catalog, %d while its \
        tables were made); %d requests broken off; %d uploads: %d MiB right, %d gone; %d completed, told %d \
        times more; %d orphans swept; %.1f minutes, %.1f kills and %.0f uploads a minute"""
                .formatted(
                        underLoad,
                        whileStarting,
                        beforeCatalog,
                        migrating,
                        interrupted,
                        uploads,
                        mebibytes,
                        gone,
                        completed,
                        repeated,
                        orphans,
                        minutes,
                        (underLoad + whileStarting) / minutes,
                        uploads / minutes);
    }
}
