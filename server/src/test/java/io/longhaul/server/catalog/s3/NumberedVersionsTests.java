package io.longhaul.server.catalog.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.catalog.s3.Versions.Tag;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3RefusedException;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a store whose If-Match is not atomic, with old versions deleted at once. */
@Timeout(60)
final class NumberedVersionsTests {

    private static final String KEY = "s/00/a";

    private final FakeS3 store = FakeS3.start(S3Rules.STRICT.createOnly().small(10, 7));
    private final S3Bucket bucket = store.bucket("");
    private final Versions versions = new NumberedVersions(bucket, Duration.ZERO);
    private final AtomicInteger written = new AtomicInteger();

    NumberedVersionsTests() throws IOException {}

    @AfterEach
    void close() {
        store.faults(_ -> S3Fault.NONE);
        bucket.close();
        store.close();
    }

    private Tag write(@Nullable Tag followed) throws IOException {
        return versions.write(
                KEY, "version %d".formatted(written.incrementAndGet()).getBytes(UTF_8), followed);
    }

    private List<Tag> write(int count) throws IOException {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tags.add(write(tags.isEmpty() ? null : tags.getLast()));
        }
        return tags;
    }

    private @Nullable String latest() throws IOException {
        return versions.latest(KEY).map(found -> new String(found.bytes(), UTF_8)).orElse(null);
    }

    /** Does something in the moment before the first such call. */
    private void before(S3Operation operation, Work work) {
        AtomicBoolean begun = new AtomicBoolean();
        store.faults(
                call -> {
                    if (call.operation() == operation && begun.compareAndSet(false, true)) {
                        try {
                            work.run();
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                    return S3Fault.NONE;
                });
    }

    private interface Work {
        void run() throws IOException;
    }

    @Test
    void latestIsTheOneWrittenLast() throws IOException {
        assertThat(latest()).isNull();

        List<Tag> tags = write(20);

        assertThat(latest()).isEqualTo("version 20");
        assertThat(versions.latest(KEY).orElseThrow().tag()).isEqualTo(tags.getLast());
    }

    @Test
    void oneOfTwoThatFollowTheSameIsRefused() throws IOException {
        Tag first = write((Tag) null);
        Tag _ = write(first);

        assertThatExceptionOfType(S3RefusedException.class)
                .isThrownBy(() -> write(first))
                .matches(S3RefusedException::conditionFailed);
        assertThatExceptionOfType(S3RefusedException.class).isThrownBy(() -> write((Tag) null));
        assertThat(latest()).isEqualTo("version 2");
    }

    @Test
    void latestAndTheOneBeforeStay() throws IOException {
        List<Tag> _ = write(9);

        assertThat(store.keys())
                .containsExactly(KEY + "/7ffffffffffffff6", KEY + "/7ffffffffffffff7");
    }

    @Test
    void whatWasFollowedJustNowStays() throws IOException {
        Versions slow = new NumberedVersions(bucket, NumberedVersions.KEPT);
        List<Tag> tags = write(2);
        Tag third = slow.write(KEY, new byte[3], tags.getLast());
        Tag _ = slow.write(KEY, new byte[4], third);

        assertThat(store.keys()).hasSize(4);
    }

    @Test
    void whoWasAwayIsToldThoughItsNumberIsFreeAgain() throws IOException {
        List<Tag> tags = write(6);

        assertThatIOException()
                .isThrownBy(() -> write(tags.getFirst()))
                .withMessageContaining("later version");
        assertThat(latest()).isEqualTo("version 6");
        assertThatIOException().isThrownBy(() -> write((Tag) null));
        assertThat(latest()).isEqualTo("version 6");
    }

    @Test
    void twoWhoWereAwayDoNotConfirmEachOther() throws IOException {
        List<Tag> tags = write(8);

        assertThatIOException().isThrownBy(() -> write(tags.get(0)));
        assertThatIOException().isThrownBy(() -> write(tags.get(1)));
        assertThatIOException().isThrownBy(() -> write(tags.get(2)));

        Tag _ = write(tags.getLast());
        assertThat(latest()).isEqualTo("version 12");
        assertThat(store.keys()).hasSize(2);
    }

    @Test
    void whoFollowsWhatIsDeletedBringsNothingBack() throws IOException {
        List<Tag> tags = write(3);
        versions.delete(KEY);

        assertThatIOException()
                .isThrownBy(() -> write(tags.getLast()))
                .withMessageContaining("not there any more");

        assertThat(store.keys()).isEmpty();
    }

    @Test
    void twoWhoFollowWhatIsDeletedDoNotConfirmEachOther() throws IOException {
        List<Tag> tags = write(3);
        versions.delete(KEY);
        before(
                S3Operation.LIST_OBJECTS,
                () -> assertThatIOException().isThrownBy(() -> write(tags.getLast())));

        assertThatIOException().isThrownBy(() -> write(tags.get(1)));

        assertThat(store.keys()).isEmpty();
    }

    @Test
    void doesNotKnowWhetherItWroteWhatAnotherFollowedAtOnce() throws IOException {
        Tag first = write((Tag) null);
        before(
                S3Operation.LIST_OBJECTS,
                () -> {
                    Tag _ = write(versions.latest(KEY).orElseThrow().tag());
                });

        assertThatIOException().isThrownBy(() -> write(first));

        assertThat(latest()).isEqualTo("version 3");
        assertThat(store.keys()).hasSize(2);
    }

    @Test
    void readsAgainWhatWasDeletedAfterItWasListed() throws IOException {
        List<Tag> tags = write(2);
        before(
                S3Operation.GET_OBJECT,
                () -> {
                    Tag third = write(tags.getLast());
                    Tag _ = write(third);
                });

        assertThat(latest()).isEqualTo("version 4");
    }

    @Test
    void deletionThatBreaksOffBringsNoOldVersionBack() throws IOException {
        Versions slow = new NumberedVersions(bucket, NumberedVersions.KEPT);
        boolean broke = true;
        for (int calls = 0; broke; calls++) {
            @Nullable Tag followed = null;
            for (int i = 1; i <= 9; i++) {
                followed = slow.write(KEY, "version %d".formatted(i).getBytes(UTF_8), followed);
            }
            broke = breaksOff(calls);
            assertThat(latest()).isIn(broke ? "version 9" : null, null);
            versions.delete(KEY);
            assertThat(store.keys()).isEmpty();
        }
    }

    /** Whether a deletion needs more calls than some. */
    private boolean breaksOff(int calls) {
        AtomicInteger left = new AtomicInteger(calls);
        store.faults(
                _ ->
                        left.getAndDecrement() > 0
                                ? S3Fault.NONE
                                : new S3Fault.Refused(403, "AccessDenied"));
        try {
            versions.delete(KEY);
            return false;
        } catch (IOException _) { // that it breaks off is what is wanted
            return true;
        } finally {
            store.faults(_ -> S3Fault.NONE);
        }
    }

    @Test
    void deletionOfAVersionLeavesWhatFollowsIt() throws IOException {
        List<Tag> tags = write(3);
        AtomicInteger lists = new AtomicInteger();
        store.faults(
                call -> {
                    if (call.operation() == S3Operation.LIST_OBJECTS
                            && lists.incrementAndGet() == 2) {
                        follow(tags.getLast());
                    }
                    return S3Fault.NONE;
                });

        versions.delete(KEY, tags.getLast());

        assertThat(latest()).isEqualTo("version 4");
        versions.delete(KEY, tags.getLast());
        assertThat(latest()).isEqualTo("version 4");
    }

    private void follow(Tag tag) {
        try {
            Tag _ = write(tag);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void doesNotReadWhatIsNoVersion() throws IOException {
        String _ = bucket.put(KEY + "/x", new byte[1], S3Condition.NONE);

        assertThatIOException().isThrownBy(this::latest).withMessageContaining("not a version");
    }
}
