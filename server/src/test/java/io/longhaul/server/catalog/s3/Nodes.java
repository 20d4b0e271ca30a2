package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3Address;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** Processes with catalogs in one bucket, which a test opens as many of as it likes. */
final class Nodes implements AutoCloseable {

    private static final String PREFIX = "catalog/";
    static final Patience BRIEF = Retries.of(6, Duration.ofMillis(2));

    /** As patient with the store as a server, and quicker. */
    private static final Patience OUTAGE =
            new Patience(
                    Patience.OUTAGE.tries(),
                    Duration.ofMillis(2),
                    Duration.ofMillis(20),
                    Duration.ofSeconds(20));

    private static final Duration YEAR = Duration.ofDays(365);

    final FakeS3 store;
    private final S3Bucket bucket;
    private final Versions versions;
    private volatile Duration ahead = Duration.ZERO;

    Nodes() throws IOException {
        this(S3Mode.REPLACE);
    }

    /** On a store that can do what a mode needs, and no more. */
    Nodes(S3Mode mode) throws IOException {
        this(mode, NumberedVersions.KEPT);
    }

    /**
     * @param kept how long versions stay that were followed, where they are counted
     */
    Nodes(S3Mode mode, Duration kept) throws IOException {
        this(rules(mode), mode, kept);
    }

    private static S3Rules rules(S3Mode mode) {
        S3Rules strict = S3Rules.STRICT.small(10, 7);
        return switch (mode) {
            case REPLACE -> strict;
            case CREATE_ONLY -> strict.createOnly();
        };
    }

    /** On a store that heeds no conditions. */
    static Nodes careless(S3Mode mode) throws IOException {
        return new Nodes(S3Rules.STRICT.withoutConditions(), mode, NumberedVersions.KEPT);
    }

    private Nodes(S3Rules rules, S3Mode mode, Duration kept) throws IOException {
        store = FakeS3.start(rules);
        bucket =
                new S3Bucket(
                        new S3Address(
                                store.endpoint(),
                                "us-east-1",
                                FakeS3.BUCKET,
                                PREFIX,
                                true,
                                "id",
                                "key"));
        versions =
                switch (mode) {
                    case REPLACE -> new ReplacedVersions(bucket);
                    case CREATE_ONLY -> new NumberedVersions(bucket, kept);
                };
    }

    /** A process that knows nothing yet. */
    UploadCatalog open() {
        return open(OUTAGE, BRIEF);
    }

    /** The same, with patience for its writes, and for the creations of others. */
    UploadCatalog open(Patience writes, Patience creations) {
        return new S3UploadCatalog(bucket, versions, this::now, writes, creations);
    }

    Instant now() {
        return Instant.now().plus(ahead);
    }

    /** Lets time pass for the catalogs; the store's clock stays. */
    void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    Upload upload() {
        return Upload.receiving(UploadId.random(), "", OptionalLong.of(1_000), now());
    }

    Upload expiring(Duration after) {
        return upload().change().expiresAt(now().plus(after)).done();
    }

    static UploadEvent completed(Upload upload) {
        return new UploadEvent.Completed(upload.id(), Instant.EPOCH, 1_000);
    }

    static List<UploadEvent> events(UploadCatalog catalog) throws IOException {
        return catalog.outbox(100).stream().map(OutboxEntry::event).toList();
    }

    /** What goes wrong with the first such call; the others are answered. */
    void faultOnce(S3Operation operation, String prefix, S3Fault fault) {
        fault(operation, prefix, fault, 1);
    }

    /** The same with the first few. */
    void fault(S3Operation operation, String prefix, S3Fault fault, int times) {
        AtomicInteger left = new AtomicInteger(times);
        store.faults(
                call ->
                        call.operation() == operation
                                        && call.key().startsWith(PREFIX + prefix)
                                        && left.getAndDecrement() > 0
                                ? fault
                                : S3Fault.NONE);
    }

    /** Lets some calls through, and refuses all that come after: as if the process had died. */
    void dieAfter(int calls) {
        AtomicInteger left = new AtomicInteger(calls);
        store.faults(
                _ ->
                        left.getAndDecrement() > 0
                                ? S3Fault.NONE
                                : new S3Fault.Refused(403, "AccessDenied"));
    }

    void heal() {
        store.faults(_ -> S3Fault.NONE);
    }

    /** The keys of a kind. */
    List<String> keys(String prefix) {
        return store.keys().stream().filter(key -> key.startsWith(PREFIX + prefix)).toList();
    }

    /** What every node does from time to time, until the bucket is as empty as it gets. */
    void tidy(UploadCatalog catalog) throws IOException {
        for (int i = 0; i < 4; i++) {
            pass(YEAR);
            List<OutboxEntry> entries = catalog.outbox(100);
            while (!entries.isEmpty()) {
                catalog.acknowledge(entries);
                entries = catalog.outbox(100);
            }
            for (Upload due : catalog.due(now(), 1_000)) {
                catalog.remove(due.id(), due.version());
            }
        }
    }

    @Override
    public void close() {
        heal();
        bucket.close();
        store.close();
    }
}
