package io.longhaul.server.core.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HoldersTests {

    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
    private static final HolderTiming QUICK =
            new HolderTiming(
                    Duration.ofMillis(200),
                    Duration.ofMillis(600),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(1));

    private final UploadId id = UploadId.random();
    private final AtomicInteger takeovers = new AtomicInteger();
    private final Holders holders =
            new Holders(
                    QUICK,
                    new UploadListener() {
                        @Override
                        public void onTakeover() {
                            takeovers.incrementAndGet();
                        }
                    });

    @Test
    void firstRequestHoldsWithoutTakingOver() {
        try (Holder holder = holders.acquire(id, "", () -> {})) {
            assertThat(holder.tookOver()).isFalse();
            assertThat(holders.count()).isEqualTo(1);
        }
        assertThat(holders.count()).isZero();
    }

    @Test
    void stalledHolderIsEvicted() {
        Willing stalled = new Willing();
        stalled.holder.waiting();

        try (Holder newer = holders.acquire(id, "", () -> {})) {
            assertThat(newer.tookOver()).isTrue();
            assertThat(stalled.holder.letGoAsked()).contains(LetGo.TAKEOVER);
            assertThat(takeovers).hasValue(1);
        }
    }

    @Test
    void movingHolderKeepsTheUpload() {
        Willing moving = new Willing();
        moving.holder.received();

        assertThatExceptionOfType(UploadException.Held.class)
                .isThrownBy(() -> holders.acquire(id, "", () -> {}))
                .satisfies(held -> assertThat(held.retryAfter()).isPositive());
        assertThat(moving.holder.letGoAsked()).isEmpty();
    }

    @Test
    void holderThatStallsWhileANewerRequestWaitsIsEvicted() {
        Willing moving = new Willing();
        moving.holder.received();
        var newer = acquiring();

        await().until(() -> !newer.isDone());
        moving.holder.waiting();

        assertThat(newer.join().tookOver()).isTrue();
    }

    @Test
    void newestOfSeveralWaitingRequestsHasItsTurn() {
        // More patient than the test: nobody gives up but for a newer request.
        var timing =
                new HolderTiming(
                        QUICK.stall(), Duration.ofMinutes(1), QUICK.freshness(), QUICK.stuck());
        Holders patient = new Holders(timing, new UploadListener() {});
        Holder busy = patient.acquire(id, "", () -> {});
        var older = new FutureTask<>(() -> patient.acquire(id, "", () -> {}));
        Thread waiting = Thread.ofVirtual().start(older);
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        var newer = new FutureTask<>(() -> patient.acquire(id, "", () -> {}));
        Thread.ofVirtual().start(newer);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(older::get)
                .withCauseInstanceOf(UploadException.Held.class);
        busy.close();
        assertThat(newer).succeedsWithin(Duration.ofSeconds(10)).matches(Holder::tookOver);
    }

    @Test
    void terminationEvictsAMovingHolderAtOnce() {
        Willing moving = new Willing();
        moving.holder.received();

        try (Holder seized = holders.seize(id)) {
            assertThat(seized.tookOver()).isTrue();
            assertThat(moving.holder.letGoAsked()).contains(LetGo.TERMINATION);
        }
    }

    @Test
    void requestThatIsRepeatedEndsTheEarlierOneAtOnce() {
        Willing moving = new Willing("one");
        moving.holder.received();

        holders.supersede(id, "one");

        assertThat(moving.holder.letGoAsked()).contains(LetGo.REPEATED);
        assertThat(holders.count()).isZero();
    }

    @Test
    void requestOfAnotherNameDoesNotEndTheEarlierOne() {
        Willing moving = new Willing("one");
        moving.holder.received();

        holders.supersede(id, "two");

        assertThat(moving.holder.letGoAsked()).isEmpty();
        moving.holder.close();
    }

    @Test
    void repeatedRequestDoesNotWaitForEverForTheEarlierOne() {
        Holder deaf = holders.acquire(id, "one", () -> {});
        long started = System.nanoTime();

        holders.supersede(id, "one");

        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(550), Duration.ofSeconds(5));
        deaf.close();
    }

    @Test
    void holderThatNeverLetsGoIsGivenUpOn() {
        Holder stuck = holders.acquire(id, "", () -> {});
        stuck.waiting();

        assertThatExceptionOfType(UploadException.Held.class)
                .isThrownBy(() -> holders.acquire(id, "", () -> {}));
        assertThat(stuck.letGoAsked()).contains(LetGo.TAKEOVER);
    }

    @Test
    void readerMakesAMovingHolderCheckpointAndLeavesIt() {
        Willing moving = new Willing();
        moving.holder.received();

        holders.freshen(id);

        assertThat(moving.checkpoints).hasValue(1);
        assertThat(moving.holder.letGoAsked()).isEmpty();
    }

    @Test
    void readerMakesAStalledHolderLetGo() {
        Willing stalled = new Willing();
        stalled.holder.waiting();
        await().pollDelay(QUICK.stall()).until(() -> true);

        holders.freshen(id);

        assertThat(stalled.holder.letGoAsked()).contains(LetGo.TAKEOVER);
        assertThat(holders.count()).isZero();
    }

    @Test
    void readerDoesNotWaitLongForAHolderThatDoesNotAnswer() {
        Holder deaf = holders.acquire(id, "", () -> {});
        deaf.received();
        long started = System.nanoTime();

        holders.freshen(id);

        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
    }

    @Test
    void stoppingAsksEveryHolderAndRefusesNewOnes() {
        Willing present = new Willing();

        holders.stop();

        assertThat(present.holder.letGoAsked()).contains(LetGo.STOPPING);
        assertThatExceptionOfType(UploadException.Stopping.class)
                .isThrownBy(() -> holders.acquire(UploadId.random(), "", () -> {}));
    }

    @Test
    void oneOfManyRacingRequestsHoldsAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        var all = new CompletableFuture<?>[64];
        for (int i = 0; i < all.length; i++) {
            all[i] = CompletableFuture.runAsync(() -> holdBriefly(inside, most), VIRTUAL);
        }
        CompletableFuture.allOf(all).orTimeout(15, TimeUnit.SECONDS).join();

        assertThat(most).hasValue(1);
        assertThat(holders.count()).isZero();
    }

    private void holdBriefly(AtomicInteger inside, AtomicInteger most) {
        try (Holder _ = holders.acquire(id, "", () -> {})) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            inside.decrementAndGet();
        } catch (UploadException.Held _) {
            // the newest wins; the others may be refused
        }
    }

    private CompletableFuture<Holder> acquiring() {
        return CompletableFuture.supplyAsync(() -> holders.acquire(id, "", () -> {}), VIRTUAL);
    }

    /** A holder that does at once what it is asked. */
    private final class Willing {
        final AtomicInteger checkpoints = new AtomicInteger();
        final Holder holder;

        Willing() {
            this("");
        }

        Willing(String key) {
            holder = holders.acquire(id, key, this::heed);
        }

        private void heed() {
            if (holder.letGoAsked().isPresent()) {
                holder.close();
            } else if (holder.checkpointAsked()) {
                checkpoints.incrementAndGet();
                holder.checkpointed();
            }
        }
    }
}
