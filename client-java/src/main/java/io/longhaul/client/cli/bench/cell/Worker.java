package io.longhaul.client.cli.bench.cell;

import java.io.IOException;

/** What one thread does in the measured time of a cell. */
@FunctionalInterface
public interface Worker {

    /** Works and tallies. An exception is one more failure, and the worker's end. */
    void work(Tally tally) throws IOException;

    /** Looks, after the measured time, whether what was done has worked. */
    default void check(Tally tally) {}
}
