package io.longhaul.client.cli.bench.report;

import java.util.List;

/** One thing that was measured, with its value in each round. */
public record Figure(String name, String unit, List<Double> rounds) {

    Spread spread() {
        return Spread.of(rounds);
    }
}
