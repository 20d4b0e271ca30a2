package io.longhaul.client.cli.bench.report;

/** The value that a share of all values does not exceed (nearest rank). */
final class Percentile {

    private Percentile() {}

    /**
     * Of values that are there.
     *
     * @param sorted in ascending order, at least one
     * @param share from 0 to 1
     */
    static long of(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }
}
