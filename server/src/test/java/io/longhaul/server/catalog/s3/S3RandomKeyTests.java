package io.longhaul.server.catalog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.S3Call;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three processes create uploads with the same creation key at the same time, each with no patience
 * for the others, while the store is late or fails at random.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(S3Mode.class)
final class S3RandomKeyTests {

    /** So short that versions are deleted while others still write. */
    private static final Duration KEPT = Duration.ofMillis(20);

    private static final int NODES = 3;
    private static final int KEYS = 25;

    private final S3Mode mode;

    S3RandomKeyTests(S3Mode mode) {
        this.mode = mode;
    }

    @Test
    void oneAloneHasAKey() throws Exception {
        try (Nodes nodes = new Nodes(mode, KEPT)) {
            assertOneAloneHasEachKey(nodes);

            UploadCatalog catalog = nodes.open();
            nodes.tidy(catalog);
            assertThat(nodes.store.keys()).isEmpty();
        }
    }

    @Test
    void wouldNoticeAStoreThatDoesNotHeedConditions() throws Exception {
        try (Nodes nodes = Nodes.careless(mode)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertOneAloneHasEachKey(nodes));
        }
    }

    private static void assertOneAloneHasEachKey(Nodes nodes) throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < KEYS; i++) {
            List<Upload> drafts = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                drafts.add(nodes.expiring(Duration.ofHours(1)).change().creationKey("" + i).done());
            }
            nodes.store.faults(call -> fault(call, random));
            List<Optional<Upload>> answers = createTogether(nodes, drafts);
            nodes.heal();
            check(nodes.open(), drafts, answers);
        }
    }

    private static S3Fault fault(S3Call call, Random random) {
        if (call.operation() != S3Operation.PUT_OBJECT || call.key().contains("/x/")) {
            return S3Fault.NONE;
        }
        synchronized (random) {
            return switch (random.nextInt(12)) {
                case 0 -> new S3Fault.AnswerLost();
                case 1 -> new S3Fault.Refused(500, "InternalError");
                case 2, 3, 4 -> new S3Fault.Late(Duration.ofMillis(random.nextInt(150)));
                default -> S3Fault.NONE;
            };
        }
    }

    /** What each node was answered; empty where it failed. */
    private static List<Optional<Upload>> createTogether(Nodes nodes, List<Upload> drafts)
            throws Exception {
        List<Future<Optional<Upload>>> creating = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Upload draft : drafts) {
                UploadCatalog catalog = nodes.open();
                creating.add(threads.submit(() -> create(catalog, draft)));
            }
        }
        List<Optional<Upload>> answers = new ArrayList<>();
        for (Future<Optional<Upload>> each : creating) {
            answers.add(each.get());
        }
        return answers;
    }

    private static Optional<Upload> create(UploadCatalog catalog, Upload draft) {
        try {
            return Optional.of(catalog.create(draft, Nodes.completed(draft)));
        } catch (IOException _) { // nobody is told what became of it
            return Optional.empty();
        }
    }

    private static void check(
            UploadCatalog catalog, List<Upload> drafts, List<Optional<Upload>> answers)
            throws IOException {
        List<Upload> stored = new ArrayList<>();
        for (Upload draft : drafts) {
            catalog.find(draft.id()).ifPresent(stored::add);
        }
        assertThat(stored).hasSizeLessThan(2);
        assertThat(answers)
                .allSatisfy(each -> assertThat(stored).containsAll(each.stream().toList()));
        List<UploadId> told = Nodes.events(catalog).stream().map(event -> event.id()).toList();
        assertThat(told).isEqualTo(stored.stream().map(Upload::id).toList());
        if (!stored.isEmpty()) {
            Upload again = drafts.getFirst().change().done();
            assertThat(catalog.create(again)).isEqualTo(stored.getFirst());
        }
        catalog.acknowledge(catalog.outbox(10));
    }
}
