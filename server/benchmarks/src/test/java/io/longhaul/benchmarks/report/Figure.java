package io.longhaul.benchmarks.report;

import java.util.List;

/** One thing that was measured: its value in each round, their median and range. */
public record Figure(
        String figure, String unit, double median, double min, double max, List<Double> rounds) {

    /** Of at least one value. */
    public static Figure of(String figure, String unit, List<Double> rounds) {
        double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(
                figure, unit, median, sorted[0], sorted[sorted.length - 1], List.copyOf(rounds));
    }
}
