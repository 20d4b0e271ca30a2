package io.longhaul.client.cli.bench.report;

import java.util.Collection;

/** The median of some values, with the least and the greatest. */
public record Spread(double median, double min, double max) {

    /**
     * Of values in any order.
     *
     * @throws IllegalArgumentException when there are no values
     */
    public static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
