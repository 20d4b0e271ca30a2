package io.longhaul.client.cli.doctor;

import io.longhaul.client.cli.shell.ByteCount;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalLong;

/**
 * Whether the bytes of a request reach the server while it is sent, or are gathered by a proxy
 * until it is complete. A part of a body is sent, the connection cut after a while, and only then
 * the offset asked for: to ask before would have some servers let go of the upload, which ends the
 * very request that is being watched, and others count bytes only when a request has ended.
 */
final class StreamingCheck implements Check {

    private static final int SENT = 256 << 10;
    private static final int LENGTH = 1 << 20;
    private static final long HELD_MILLIS = 2_000;
    private static final long PATIENCE_MILLIS = 6_000;
    private static final long STEP_MILLIS = 250;

    @Override
    public String name() {
        return "streaming";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        URI url = patient.create(LENGTH);
        try (var append = new HeldAppend(patient, url, Patient.random(SENT), LENGTH)) {
            Patient.pause(HELD_MILLIS);
            if (append.isAnswered()) {
                return Finding.warn(
                        name(),
                        "a slow PATCH was answered before its body was complete",
                        "Something on the way has a time limit of less than "
                                + HELD_MILLIS / 1000
                                + " s for request bodies: raise it.");
            }
        }
        return judge(arrived(patient, url));
    }

    /** Asks until something is there: the cut may take a while to reach the server. */
    private static long arrived(Patient patient, URI url) throws IOException {
        long offset = 0;
        for (long waited = 0; waited <= PATIENCE_MILLIS && offset == 0; waited += STEP_MILLIS) {
            OptionalLong said = patient.offset(url);
            offset = said.orElse(0);
            Patient.pause(STEP_MILLIS);
        }
        return offset;
    }

    private Finding judge(long offset) {
        String seen =
                "of "
                        + ByteCount.format(SENT)
                        + " sent before a cut the server kept "
                        + ByteCount.format(offset);
        if (offset == SENT) {
            return Finding.ok(name(), seen + ": requests are streamed");
        }
        String advice =
                "A proxy gathers request bodies before it passes them on (nginx:"
                        + " proxy_request_buffering off; proxy_http_version 1.1), or the server"
                        + " keeps nothing of a request that breaks: these cannot be told apart"
                        + " from here. Until then: longhaul upload --chunk-size 4MiB.";
        return offset == 0
                ? Finding.fail(name(), seen + ": a broken request loses all its bytes", advice)
                : Finding.warn(name(), seen + ": some of it is gathered on the way", advice);
    }
}
