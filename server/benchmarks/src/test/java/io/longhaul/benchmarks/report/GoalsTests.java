package io.longhaul.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GoalsTests {

    private static final String OURS = "longhaul-process-crash";

    private final List<CellResult> cells = new ArrayList<>();

    @Test
    void comparesCostWithTheFloorAndTheCheapestPeer() {
        cell(
                "bulk-1",
                result(OURS, "server", 1.25),
                result("floor", "server", 1.0),
                result("tusd", "server", 2.0),
                result("rustus", "server", 1.2));
        assertThat(verdict("bulk-1, server CPU: longhaul-process-crash / floor")).isEqualTo("met");
        assertThat(verdict("bulk-1, server CPU: longhaul-process-crash / rustus"))
                .isEqualTo("**not met**");
    }

    @Test
    void comparesRatesWithTheFastestPeer() {
        cell(
                "small-8",
                result(OURS, "rate", 150),
                result("longhaul", "rate", 99),
                result("tusd", "rate", 100),
                result("rustus", "rate", 50));
        assertThat(verdict("small-8, rate: longhaul-process-crash / tusd")).isEqualTo("met");
        assertThat(verdict("small-8, rate: longhaul / tusd")).isEqualTo("**not met**");
    }

    @Test
    void leavesOpenWhatWasNotMeasured() {
        cell("small-8", result(OURS, "rate", 150));
        assertThat(verdict("small-8, rate: longhaul-process-crash / none"))
                .isEqualTo("not measured");
        assertThat(verdict("start-up, longhaul")).isEqualTo("not measured");
        assertThat(verdict("cells behind a peer, longhaul-process-crash"))
                .isEqualTo("not measured");
    }

    @Test
    void seesCostsThatGrow() {
        cell("growth-uploads", costs("at the start", 1.0, "at the end", 1.3));
        cell("growth-length", costs("of a short one", 1.0, "of a long one", 1.2));
        assertThat(verdict("growth-uploads, longhaul: server CPU at the end / at the start"))
                .isEqualTo("**not met**");
        assertThat(verdict("growth-length, longhaul: server CPU of a long one / of a short one"))
                .isEqualTo("met");
    }

    @Test
    void namesEveryCellBehindAPeer() {
        cell("small-8", result(OURS, "rate", 100, 120), result("tusd", "rate", 220, 240));
        cell("head", result(OURS, "rate", 100, 120), result("tusd", "rate", 105, 125));
        cell("trickle-20", result(OURS, "p99", 8), result("tusd", "p99", 4));
        cell("idle", result(OURS, "memory", 10), result("tusd", "memory", 20));
        assertThat(Behind.of(run(), OURS))
                .extracting(Behind::text)
                .containsExactly(
                        "small-8 (rate) behind tusd by 2.09",
                        "head (rate) behind tusd by 1.05, ranges overlap",
                        "trickle-20 (p99) behind tusd by 2.00");
        assertThat(verdict("cells behind a peer, longhaul-process-crash")).isEqualTo("**not met**");
    }

    @Test
    void doesNotCompareWithAPeerThatFailed() {
        cell(
                "small-8",
                result(OURS, "rate", 100),
                new PeerResult(
                        "tusd",
                        null,
                        900,
                        3,
                        "reset",
                        List.of(Figure.of("rate", "uploads/s", List.of(900.0)))));
        assertThat(Behind.of(run(), OURS)).isEmpty();
        assertThat(verdict("small-8, rate: longhaul-process-crash / none"))
                .isEqualTo("not measured");
    }

    @Test
    void aPageHasTheFailuresOfAPeer() {
        cell("small-8", new PeerResult("tusd", null, 900, 3, "reset", List.of()));
        assertThat(MarkdownReport.lines(run()))
                .contains("tusd: **3 failed** beside 900 that ended well; the first: reset.");
    }

    private String verdict(String goal) {
        return Goals.of(run()).stream()
                .filter(each -> each.goal().equals(goal))
                .map(Goal::verdict)
                .findFirst()
                .orElse("no such goal");
    }

    private Run run() {
        List<PeerDescription> peers =
                List.of(
                        described("longhaul", "LONGHAUL"),
                        described(OURS, "LONGHAUL"),
                        described("tusd", "PEER"),
                        described("rustus", "PEER"),
                        described("floor", "FLOOR"));
        return new Run("now", "then", Map.of(), "", peers, Map.of(), cells);
    }

    private static PeerDescription described(String name, String kind) {
        return new PeerDescription(name, kind, "1", "defaults", "all");
    }

    private void cell(String name, PeerResult... results) {
        cells.add(new CellResult(name, List.of(results)));
    }

    private static PeerResult costs(String small, double cost, String large, double other) {
        return PeerResult.of(
                "longhaul",
                1,
                List.of(
                        Figure.of("server cost " + small, "", List.of(cost)),
                        Figure.of("server cost " + large, "", List.of(other))));
    }

    private static PeerResult result(String peer, String figure, double... rounds) {
        List<Double> values = new ArrayList<>();
        for (double round : rounds) {
            values.add(round);
        }
        return PeerResult.of(peer, 1, List.of(Figure.of(figure, "", values)));
    }
}
