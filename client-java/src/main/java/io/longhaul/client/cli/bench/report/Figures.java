package io.longhaul.client.cli.bench.report;

import io.longhaul.client.cli.bench.cell.Basis;
import io.longhaul.client.cli.bench.report.Round.ServerCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Turns what was measured into figures. A round in which nothing was done has none. */
final class Figures {

    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Basis basis;
    private final List<Round> rounds;
    private final List<Figure> figures = new ArrayList<>();

    private Figures(Basis basis, List<Round> rounds) {
        this.basis = basis;
        this.rounds = rounds.stream().filter(round -> round.tally().operations() > 0).toList();
    }

    static List<Figure> of(Basis basis, List<Round> rounds) {
        return new Figures(basis, rounds).all();
    }

    private List<Figure> all() {
        if (rounds.isEmpty()) {
            return List.of();
        }
        if (basis != Basis.LATENCY) {
            add("rate", basis.rateUnit(), this::rate);
        }
        if (basis != Basis.BYTES) {
            add("p50", "ms", round -> latency(round, 0.5));
            add("p99", "ms", round -> latency(round, 0.99));
        }
        if (basis == Basis.LATENCY) {
            add("max", "ms", round -> latency(round, 1));
        }
        addOfServer("server", basis.costUnit(), (round, server) -> cost(round, server.cpu()));
        add("bench", basis.costUnit(), round -> cost(round, round.benchCpu()));
        addOfServer("peak memory", "MiB", (round, server) -> server.peakMemory() / MIB);
        if (basis == Basis.LATENCY) {
            addOfServer("memory", "MiB", (round, server) -> server.memoryAtEnd() / MIB);
            addOfServer("threads", "", (round, server) -> server.threads());
        }
        return List.copyOf(figures);
    }

    private void add(String name, String unit, ToDoubleFunction<Round> value) {
        figures.add(new Figure(name, unit, rounds.stream().mapToDouble(value).boxed().toList()));
    }

    /** Of the rounds in which the server's process is known and did not end. */
    private void addOfServer(
            String name, String unit, ToDoubleBiFunction<Round, ServerCost> value) {
        List<Double> values =
                rounds.stream()
                        .flatMap(
                                round ->
                                        round.server().stream()
                                                .map(cost -> value.applyAsDouble(round, cost)))
                        .toList();
        if (!values.isEmpty()) {
            figures.add(new Figure(name, unit, values));
        }
    }

    private double rate(Round round) {
        double done =
                basis == Basis.BYTES ? round.tally().bytes() / MIB : round.tally().operations();
        return done / seconds(round.elapsed());
    }

    private double cost(Round round, Duration cpu) {
        double done =
                switch (basis) {
                    case BYTES -> round.tally().bytes() / GIB;
                    case UPLOADS, REQUESTS -> round.tally().operations() / 1000.0;
                    case LATENCY -> seconds(round.elapsed());
                };
        return seconds(cpu) / done;
    }

    private static double latency(Round round, double share) {
        return Percentile.of(round.tally().latencies(), share) / NANOS_PER_MILLI;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
