package io.longhaul.client.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Whether a client whose connection has died without a word, as in a tunnel, can go on with a new
 * one at once: the server may still wait for the old one.
 */
final class TakeoverCheck implements Check {

    private static final int SENT = 64 << 10;
    private static final int LENGTH = 128 << 10;
    private static final long SILENCE_MILLIS = 1_000;
    private static final long LIMIT_MILLIS = 10_000;
    private static final long SLOW_MILLIS = 5_000;
    private static final long STEP_MILLIS = 250;

    @Override
    public String name() {
        return "takeover";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        URI url = patient.create(LENGTH);
        byte[] content = Patient.random(LENGTH);
        var silent = new HeldAppend(patient, url, Arrays.copyOf(content, SENT), LENGTH);
        try {
            Patient.pause(SILENCE_MILLIS);
            return goOn(patient, url, content);
        } finally {
            silent.close();
        }
    }

    private Finding goOn(Patient patient, URI url, byte[] content) throws IOException {
        long begun = System.nanoTime();
        boolean complete = appendRest(patient, url, content);
        while (!complete && millisSince(begun) < LIMIT_MILLIS) {
            Patient.pause(STEP_MILLIS);
            complete = appendRest(patient, url, content);
        }
        return judge(complete, millisSince(begun));
    }

    /** Asks for the offset and appends the rest there. */
    private static boolean appendRest(Patient patient, URI url, byte[] content) throws IOException {
        OptionalLong offset = patient.offset(url);
        if (offset.isEmpty()) {
            return false;
        }
        int from = Math.toIntExact(Math.min(LENGTH, offset.getAsLong()));
        byte[] rest = Arrays.copyOfRange(content, from, LENGTH);
        return patient.append(url, from, rest).statusCode() == 204;
    }

    private Finding judge(boolean complete, long millis) {
        if (!complete) {
            return Finding.warn(
                    name(),
                    "while a silent connection is open, the upload cannot go on for at least "
                            + LIMIT_MILLIS / 1000
                            + " s",
                    "The server keeps an upload for a dead connection: shorten its read timeout,"
                            + " or that of the proxy. Clients have to wait for it.");
        }
        String seen = "a new connection went on in " + millis + " ms beside a silent one";
        return millis < SLOW_MILLIS
                ? Finding.ok(name(), seen)
                : Finding.warn(
                        name(), seen, "Shorten the read timeout of the server, or of the proxy.");
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
