package io.longhaul.client.cli.doctor;

import io.longhaul.client.cli.shell.ByteCount;
import java.io.IOException;
import java.net.URI;

/** How large a request may be, and how fast large ones are. */
final class RequestSizeCheck implements Check {

    private static final int SMALL = 3 << 19;
    private static final int LARGE = 8 << 20;
    private static final double SLOW_SECONDS = 5;

    @Override
    public String name() {
        return "size";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        double seconds = append(patient, SMALL);
        if (seconds < 0) {
            return judge(SMALL, -seconds);
        }
        if (seconds > SLOW_SECONDS) {
            return passed(SMALL, seconds);
        }
        double more = append(patient, LARGE);
        return more < 0 ? judge(LARGE, -more) : passed(LARGE, more);
    }

    /** Seconds; or the status, negative, where the request was refused. */
    private static double append(Patient patient, int size) throws IOException {
        URI url = patient.create(size);
        byte[] bytes = Patient.random(size);
        long begun = System.nanoTime();
        int status = patient.append(url, 0, bytes).statusCode();
        return status == 204 ? (System.nanoTime() - begun) / 1e9 : -status;
    }

    private Finding passed(int size, double seconds) {
        return Finding.ok(
                name(),
                "a request of "
                        + ByteCount.format(size)
                        + " gets through, at "
                        + ByteCount.rate(size / Math.max(seconds, 1e-6)));
    }

    private Finding judge(int size, double status) {
        return Finding.fail(
                name(),
                "a request of " + ByteCount.format(size) + " is answered by " + (int) status,
                "Lift the limit of the proxy on request bodies (nginx: client_max_body_size 0)."
                        + " longhaul sends smaller ones by itself; most other clients do not.");
    }
}
