package io.longhaul.server.core.holder;

import static io.longhaul.server.core.holder.OtherNodes.Answer.DONE;
import static io.longhaul.server.core.holder.OtherNodes.Answer.HELD;
import static io.longhaul.server.core.holder.OtherNodes.Answer.SILENT;
import static io.longhaul.server.core.holder.OtherNodes.Demand.CHECKPOINT;
import static io.longhaul.server.core.holder.OtherNodes.Demand.END;
import static io.longhaul.server.core.holder.OtherNodes.Demand.LET_GO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.upload.UploadId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the holder of an upload does when another node asks. */
@Timeout(20)
final class AskedHoldersTests {

    private static final HolderTiming QUICK =
            new HolderTiming(
                    Duration.ofMillis(200),
                    Duration.ofMillis(600),
                    Duration.ofMillis(300),
                    Duration.ofMillis(800));

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
    void nobodyHoldsTheUpload() {
        assertThat(holders.asked(id, CHECKPOINT)).isEqualTo(DONE);
        assertThat(holders.asked(id, LET_GO)).isEqualTo(DONE);
        assertThat(holders.asked(id, END)).isEqualTo(DONE);
        assertThat(takeovers).hasValue(0);
    }

    @Test
    void movingHolderCheckpointsAndGoesOn() {
        AtomicInteger checkpoints = new AtomicInteger();
        Holder[] moving = new Holder[1];
        moving[0] =
                holders.acquire(
                        id,
                        "",
                        () -> {
                            checkpoints.incrementAndGet();
                            moving[0].checkpointed();
                        });
        moving[0].received();

        assertThat(holders.asked(id, CHECKPOINT)).isEqualTo(DONE);

        assertThat(checkpoints).hasValue(1);
        assertThat(moving[0].letGoAsked()).isEmpty();
    }

    @Test
    void movingHolderKeepsTheUpload() {
        Holder moving = willing();
        moving.received();

        assertThat(holders.asked(id, LET_GO)).isEqualTo(HELD);

        assertThat(moving.letGoAsked()).isEmpty();
        assertThat(takeovers).hasValue(0);
    }

    @Test
    void stalledHolderLetsGo() {
        Holder stalled = willing();
        stalled.waiting();
        pass(QUICK.stall());

        assertThat(holders.asked(id, LET_GO)).isEqualTo(DONE);

        assertThat(stalled.letGoAsked()).contains(LetGo.TAKEOVER);
        assertThat(holders.count()).isZero();
        assertThat(takeovers).hasValue(1);
    }

    @Test
    void holderThatStallsMeanwhileLetsGoAtTheNextCall() {
        Holder stalled = willing();
        stalled.waiting();

        assertThat(holders.asked(id, LET_GO)).isEqualTo(HELD);
        assertThat(holders.asked(id, LET_GO)).isEqualTo(DONE);

        assertThat(takeovers).hasValue(1);
    }

    @Test
    void holderThatIsSlowToLetGoIsAskedAgain() {
        Holder slow = holders.acquire(id, "", () -> {});
        slow.waiting();
        pass(QUICK.stall());

        assertThat(holders.asked(id, LET_GO)).isEqualTo(HELD);
        assertThat(slow.letGoAsked()).contains(LetGo.TAKEOVER);
        slow.close();
        assertThat(holders.asked(id, LET_GO)).isEqualTo(DONE);
    }

    @Test
    void holderThatWaitsForItsStoreForLongIsSilentAndIsToLetGo() {
        Holder stuck = holders.acquire(id, "", () -> {});
        stuck.received();

        assertThat(holders.asked(id, LET_GO)).isEqualTo(HELD);
        pass(QUICK.stuck());

        assertThat(holders.asked(id, LET_GO)).isEqualTo(SILENT);
        assertThat(stuck.letGoAsked()).contains(LetGo.TAKEOVER);
    }

    @Test
    void terminationEndsAMovingHolderAtOnce() {
        Holder moving = willing();
        moving.received();

        assertThat(holders.asked(id, END)).isEqualTo(DONE);

        assertThat(moving.letGoAsked()).contains(LetGo.TERMINATION);
        assertThat(holders.count()).isZero();
    }

    @Test
    void whoeverEndsTheUploadHereIsNotDisturbed() {
        Holder ending = holders.seize(id);

        assertThat(holders.asked(id, LET_GO)).isEqualTo(DONE);

        assertThat(ending.letGoAsked()).isEmpty();
    }

    /** A holder that lets go as soon as it is asked. */
    private Holder willing() {
        Holder[] holder = new Holder[1];
        holder[0] = holders.acquire(id, "", () -> holder[0].close());
        return holder[0];
    }

    private static void pass(Duration time) {
        await().pollDelay(time).until(() -> true);
    }
}
