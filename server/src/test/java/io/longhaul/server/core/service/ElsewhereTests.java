package io.longhaul.server.core.service;

import static io.longhaul.server.core.service.ServiceInMemory.append;
import static io.longhaul.server.core.service.ServiceInMemory.bytes;
import static io.longhaul.server.core.service.ServiceInMemory.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.holder.OtherNodes;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.testing.InMemoryContentStore;
import io.longhaul.server.testing.InMemoryUploadCatalog;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes on the same stores: one appends, and a request comes to the other. */
@Timeout(60)
final class ElsewhereTests {

    private static final UploadListener NOBODY = new UploadListener() {};
    private static final Duration HOUR = Duration.ofHours(1);
    private static final UploadLimits LIMITS =
            new UploadLimits(OptionalLong.empty(), HOUR, Duration.ZERO, HOUR, 0);

    private final InMemoryUploadCatalog catalog = new InMemoryUploadCatalog();
    private final InMemoryContentStore store = new InMemoryContentStore();
    private final Node first = new Node("first");
    private final Node second = new Node("second");
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean cutOff;

    /** One node; a name is its address. */
    private final class Node implements OtherNodes {
        final String name;
        final Holders holders = new Holders(HolderTiming.DEFAULT, NOBODY, this);
        final Uploads uploads =
                new Uploads(catalog, store, holders, LIMITS, NOBODY, InstantSource.system());

        Node(String name) {
            this.name = name;
        }

        @Override
        public Optional<String> self() {
            return Optional.of(name);
        }

        @Override
        public Answer ask(String node, UploadId id, Demand demand) {
            calls.incrementAndGet();
            if (cutOff) {
                return Answer.SILENT;
            }
            return (node.equals("first") ? first : second).holders.asked(id, demand);
        }
    }

    /** An append at the first node that has brought "abc" of nine bytes and is marked. */
    private final class Held {
        final UploadId id = first.uploads.create(creation(9, null)).id();
        final ScriptedBody body = ScriptedBody.ofLength(9).bytes(bytes("a"));
        final CompletableFuture<String> outcome =
                ServiceInMemory.start(() -> first.uploads.append(id, append(0, body)));

        Held() throws IOException, InterruptedException {
            body.awaitStalled();
            pass(Duration.ofMillis(500));
            body.bytes(bytes("bc"));
            await().until(() -> "first".equals(record(id).holder()));
        }
    }

    private Upload record(UploadId id) {
        return catalog.find(id).orElseThrow();
    }

    private static void pass(Duration time) {
        await().pollDelay(time).until(() -> true);
    }

    @Test
    void stalledAppendKeepsItsBytesAndTheNewerRequestGoesOn() throws Exception {
        Held held = new Held();
        assertThat(record(held.id).offset()).isZero();

        Upload upload = second.uploads.append(held.id, append(3, "def"));

        assertThat(upload.offset()).isEqualTo(6);
        assertThat(upload.epoch()).isZero();
        assertThat(held.outcome.join()).isEqualTo("upload-taken-over");
        assertThat(record(held.id).holder()).isNull();
    }

    @Test
    void movingAppendKeepsTheUpload() throws Exception {
        Held held = new Held();
        Thread moving = Thread.ofVirtual().start(() -> keepMoving(held.body));
        try {
            assertThatExceptionOfType(UploadException.Held.class)
                    .isThrownBy(() -> second.uploads.append(held.id, append(0, "def")));
        } finally {
            moving.interrupt();
            moving.join();
        }
        held.body.bytes(bytes("defghi")).end();

        assertThat(held.outcome.join()).isEqualTo("ok");
        assertThat(record(held.id).state()).isEqualTo(UploadState.COMPLETE);
    }

    private static void keepMoving(ScriptedBody body) {
        try {
            while (true) {
                body.bytes(new byte[0]);
                Thread.sleep(Duration.ofMillis(50));
            }
        } catch (InterruptedException _) { // the test has seen enough
        }
    }

    @Test
    void appendThatCannotBeAskedIsFencedAtOnce() throws Exception {
        Held held = new Held();
        cutOff = true;

        Upload upload = second.uploads.append(held.id, append(0, "ABC"));

        assertThat(upload.offset()).isEqualTo(3);
        assertThat(upload.epoch()).isEqualTo(1);
        held.body.bytes(bytes("defghi")).end();
        assertThat(held.outcome.join()).isEqualTo("upload-taken-over");
        assertThat(record(held.id).offset()).isEqualTo(3);
    }

    @Test
    void readerIsToldWhatIsArriving() throws Exception {
        Held held = new Held();

        assertThat(second.uploads.head(held.id).offset()).isEqualTo(3);

        assertThat(held.outcome).isNotDone();
        held.body.bytes(bytes("defghi")).end();
        assertThat(held.outcome.join()).isEqualTo("ok");
    }

    @Test
    void readerIsToldWhatIsStoredWhenTheNodeIsSilentAndDisturbsNobody() throws Exception {
        Held held = new Held();
        cutOff = true;

        assertThat(second.uploads.head(held.id).offset()).isZero();

        held.body.bytes(bytes("defghi")).end();
        assertThat(held.outcome.join()).isEqualTo("ok");
    }

    @Test
    void terminationEndsTheAppendAtOnce() throws Exception {
        Held held = new Held();

        second.uploads.terminate(held.id);

        assertThat(held.outcome.join()).isEqualTo("upload-terminated");
        assertThat(record(held.id).state()).isEqualTo(UploadState.TERMINATED);
        assertThat(record(held.id).content()).isNull();
    }

    @Test
    void terminationDoesNotNeedTheOtherNode() throws Exception {
        Held held = new Held();
        cutOff = true;

        second.uploads.terminate(held.id);
        held.body.bytes(bytes("defghi")).end();

        assertThat(held.outcome.join()).isEqualTo("upload-terminated");
    }

    @Test
    void requestThatComesTooEarlyDisturbsNobody() throws Exception {
        Held held = new Held();
        assertThat(second.uploads.head(held.id).offset()).isEqualTo(3);
        int before = calls.get();

        assertThatExceptionOfType(UploadException.OffsetMismatch.class)
                .isThrownBy(() -> second.uploads.append(held.id, append(1, "bc")));

        assertThat(calls).hasValue(before);
        held.body.bytes(bytes("defghi")).end();
        assertThat(held.outcome.join()).isEqualTo("ok");
    }

    @Test
    void shortAppendLeavesNoMarkAndCallsNobody() throws Exception {
        UploadId id = first.uploads.create(creation(9, null)).id();
        first.uploads.append(id, append(0, "abc"));
        assertThat(record(id).version()).isEqualTo(2);

        second.uploads.append(id, append(3, "def"));
        second.uploads.head(id);

        assertThat(calls).hasValue(0);
    }

    @Test
    void markOfAnAppendThatWasCutCostsACall() throws Exception {
        Held held = new Held();
        second.uploads.head(held.id); // what arrived is stored, with the mark
        held.body.cut();
        assertThat(held.outcome.join()).isEqualTo("body-cut");
        assertThat(record(held.id).holder()).isEqualTo("first");
        int before = calls.get();

        Upload upload = second.uploads.append(held.id, append(3, "def"));

        assertThat(upload.offset()).isEqualTo(6);
        assertThat(upload.epoch()).isZero();
        assertThat(calls).hasValue(before + 1);
    }
}
