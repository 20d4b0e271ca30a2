package io.longhaul.server.catalog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.S3Call;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three processes change the same records while the store fails at random. Each change writes its
 * number behind those of the changes before it, so that the last version tells which were made.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(S3Mode.class)
final class S3RandomTests {

    /** So short that versions are deleted while others still write. */
    private static final Duration KEPT = Duration.ofMillis(20);

    private static final int NODES = 3;
    private static final int RECORDS = 2;

    private final S3Mode mode;
    private final Map<Integer, Long> made = new ConcurrentHashMap<>();
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
    private final Set<Integer> unknown = ConcurrentHashMap.newKeySet();
    private final Set<Long> told = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();

    S3RandomTests(S3Mode mode) {
        this.mode = mode;
    }

    @Test
    void losesNoChangeAndTellsEveryEvent() throws Exception {
        List<Upload> last = run(new Nodes(mode, KEPT), 120);

        check(last);
        assertThat(made.size()).isGreaterThan(120);
        assertThat(refused).isNotEmpty();
    }

    @Test
    void wouldNoticeAStoreThatDoesNotHeedConditions() throws Exception {
        List<Upload> last = run(Nodes.careless(mode), 20);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> check(last));
    }

    private List<Upload> run(Nodes opened, int changes) throws Exception {
        try (Nodes nodes = opened) {
            UploadCatalog first = nodes.open();
            List<UploadId> ids = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                ids.add(first.create(nodes.upload()).id());
            }
            Random random = new Random(7);
            nodes.store.faults(call -> fault(call, random));
            runNodes(nodes, ids, changes);
            nodes.heal();
            while (deliver(nodes.open()) > 0) {
                assertThat(told).isNotEmpty();
            }
            return found(nodes.open(), ids);
        }
    }

    private static List<Upload> found(UploadCatalog catalog, List<UploadId> ids)
            throws IOException {
        List<Upload> found = new ArrayList<>();
        for (UploadId id : ids) {
            found.add(catalog.find(id).orElseThrow());
        }
        return found;
    }

    /** Writes fail often; what is read, listed and deleted is tried again by the client. */
    private static S3Fault fault(S3Call call, Random random) {
        if (call.operation() != S3Operation.PUT_OBJECT || !call.key().contains("/s/")) {
            return S3Fault.NONE;
        }
        synchronized (random) {
            return switch (random.nextInt(20)) {
                case 0, 1 -> new S3Fault.AnswerLost();
                case 2 -> new S3Fault.RequestLost();
                case 3 -> S3Fault.slowDown();
                case 4 -> new S3Fault.Refused(500, "InternalError");
                default -> S3Fault.NONE;
            };
        }
    }

    private void runNodes(Nodes nodes, List<UploadId> ids, int changes) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < NODES; i++) {
                UploadCatalog catalog = nodes.open();
                Random random = new Random(i);
                running.add(
                        threads.submit(
                                () -> {
                                    for (int n = 0; n < changes; n++) {
                                        step(catalog, ids.get(random.nextInt(RECORDS)), random);
                                    }
                                    return true;
                                }));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    private void step(UploadCatalog catalog, UploadId id, Random random) throws IOException {
        Upload read = catalog.find(id).orElseThrow();
        int number = numbers.incrementAndGet();
        UploadMetadata more = new UploadMetadata(read.metadata().encoded() + " " + number);
        UploadEvent event = new UploadEvent.Completed(id, Instant.EPOCH, number);
        try {
            Optional<Upload> stored =
                    catalog.replace(read.change().metadata(more).done(), read.version(), event);
            if (stored.isPresent()) {
                made.put(number, stored.get().version());
            } else {
                refused.add(number);
            }
        } catch (IOException _) { // nobody is told what became of it
            unknown.add(number);
        }
        if (random.nextInt(5) == 0) {
            deliverIfPossible(catalog);
        }
    }

    private void deliverIfPossible(UploadCatalog catalog) {
        try {
            deliver(catalog);
        } catch (IOException _) { // they come again
            assertThat(told).isNotNull();
        }
    }

    private int deliver(UploadCatalog catalog) throws IOException {
        List<OutboxEntry> entries = catalog.outbox(20);
        for (OutboxEntry entry : entries) {
            told.add(((UploadEvent.Completed) entry.event()).length());
        }
        catalog.acknowledge(entries);
        return entries.size();
    }

    private void check(List<Upload> last) {
        Set<Integer> kept = ConcurrentHashMap.newKeySet();
        for (Upload upload : last) {
            List<Integer> numbersKept = numbers(upload);
            assertThat(upload.version()).isEqualTo(1 + numbersKept.size());
            for (int i = 0; i < numbersKept.size(); i++) {
                int number = numbersKept.get(i);
                assertThat(made.getOrDefault(number, i + 2L)).isEqualTo(i + 2L);
                kept.add(number);
            }
        }
        assertThat(kept).containsAll(made.keySet()).doesNotContainAnyElementsOf(refused);
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(kept.stream().map(n -> (long) n).toList());
    }

    private static List<Integer> numbers(Upload upload) {
        String text = upload.metadata().encoded().strip();
        List<Integer> numbers = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String each : text.split(" ", -1)) {
                numbers.add(Integer.parseInt(each));
            }
        }
        return numbers;
    }
}
