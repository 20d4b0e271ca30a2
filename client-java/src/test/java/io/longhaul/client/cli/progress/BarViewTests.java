package io.longhaul.client.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.cli.shell.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BarViewTests {

    private static final String ERASE = "\r\u001b[2K";

    private final TestShell shell = new TestShell(Map.of());
    private final BarView view =
            new BarView(shell.shell(), new BarLayout(new Terminal(true, 60, 8, false, true)));

    @Test
    void drawsEachFrameOverTheLast() {
        view.update(List.of(transfer(0)), totals(1));
        assertThat(shell.err()).doesNotContain("\n").doesNotContain(ERASE);
        view.update(List.of(transfer(1)), totals(1));
        assertThat(shell.err()).doesNotContain("\n").contains(ERASE);
    }

    @Test
    void drawsNothingWhenNothingChanged() {
        view.update(List.of(transfer(0)), totals(1));
        String before = shell.err();
        view.update(List.of(transfer(0)), totals(1));
        assertThat(shell.err()).isEqualTo(before);
    }

    @Test
    void addsALineForAllWhenThereAreSeveral() {
        view.update(List.of(transfer(0), transfer(1)), totals(5));
        assertThat(shell.err().lines()).hasSize(3);
        assertThat(shell.err().lines().reduce((a, b) -> b).orElseThrow()).startsWith("0 of 5");
    }

    @Test
    void drawsNoMoreLinesThanTheTerminalHas() {
        var many = IntStream.range(0, 50).mapToObj(BarViewTests::transfer).toList();
        view.update(many, totals(50));
        assertThat(shell.err().lines()).hasSize(6);
    }

    @Test
    void erasesBarsBeforeItPrintsAResult() {
        view.update(List.of(transfer(0), transfer(1)), totals(2));
        view.result("http://h/1");
        String up = "\u001b[1A" + ERASE;
        assertThat(shell.err()).endsWith(ERASE + up + up);
        assertThat(shell.out()).isEqualTo("http://h/1\n");
    }

    @Test
    void leavesALineForWhatIsComplete() {
        view.update(List.of(transfer(0)), totals(1));
        view.complete(transfer(0), new Completion("http://h/1", 100, 100, Duration.ofSeconds(1)));
        view.close();
        assertThat(shell.err()).endsWith(ERASE + "0.bin  100 B in 1.0 s (100 B/s)\n");
    }

    private static Transfer transfer(int id) {
        return Transfer.begun(id, id + ".bin", OptionalLong.of(100));
    }

    private static Totals totals(int count) {
        return new Totals(count, 0, 0, 0, 100, OptionalDouble.empty());
    }
}
