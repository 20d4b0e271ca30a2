package io.longhaul.benchmarks.cell;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds of each cell; the trickling ones have one, those of growth their own number
 * @param seconds of each round of a cell that has no size
 * @param size of one large upload, as {@code longhaul bench} takes it
 * @param quiet how long a started server is left alone before its memory is looked at
 * @param uploads how many the catalog holds at last
 * @param length bytes of the upload that grows
 * @param work a directory on the disk that is measured
 */
public record Scale(
        int rounds,
        double seconds,
        String size,
        Duration quiet,
        int uploads,
        long length,
        Path work) {}
