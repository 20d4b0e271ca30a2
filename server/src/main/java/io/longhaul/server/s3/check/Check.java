package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;

/**
 * A question to a store.
 *
 * @param refused the grade of a store that refuses what is asked of it
 */
record Check(String name, Grade refused, Work work) {

    /** How it is found out; it begins anew when the store was busy. */
    @FunctionalInterface
    interface Work {
        Finding find() throws IOException;
    }

    /**
     * Finds it out.
     *
     * @throws IOException when the store does not answer
     */
    Finding run() throws IOException {
        try {
            return Tries.of(work::find);
        } catch (S3RefusedException e) {
            return new Finding(refused, String.valueOf(e.getMessage()));
        }
    }
}
