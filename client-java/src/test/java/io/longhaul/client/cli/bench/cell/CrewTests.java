package io.longhaul.client.cli.bench.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CrewTests {

    @Test
    void addsUpWhatAllHaveDone() throws InterruptedException {
        Tally total = work(tally -> tally.done(10, 7), tally -> tally.done(20, 3));
        assertThat(total.operations()).isEqualTo(2);
        assertThat(total.bytes()).isEqualTo(30);
        assertThat(total.latencies()).containsExactly(3, 7);
    }

    @Test
    void countsAnExceptionAsFailureBesideWhatWasDone() throws InterruptedException {
        Tally total =
                work(
                        tally -> {
                            tally.done(10);
                            throw new IOException("reset");
                        });
        assertThat(total.operations()).isEqualTo(1);
        assertThat(total.failures()).isEqualTo(1);
        assertThat(total.firstFailure()).contains("reset");
    }

    @Test
    void namesTheKindOfAFailureWithoutMessage() {
        Tally tally = new Tally();
        tally.failed(new IOException());
        assertThat(tally.firstFailure()).contains("IOException");
    }

    @Test
    void letsAllWorkAtOnce() throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(3);
        Worker meeting =
                tally -> {
                    try {
                        all.await(10, TimeUnit.SECONDS);
                        tally.done(0);
                    } catch (Exception e) {
                        tally.failed(e);
                    }
                };
        assertThat(work(meeting, meeting, meeting).operations()).isEqualTo(3);
    }

    @Test
    void doesNotHideDefects() {
        Worker faulty =
                tally -> {
                    throw new IllegalStateException("defect");
                };
        assertThatThrownBy(() -> work(faulty)).hasMessageContaining("defect");
    }

    private static Tally work(Worker... workers) throws InterruptedException {
        try (Crew crew = new Crew(List.of(workers))) {
            return crew.work();
        }
    }
}
