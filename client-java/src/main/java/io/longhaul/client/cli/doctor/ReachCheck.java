package io.longhaul.client.cli.doctor;

import io.longhaul.client.cli.http.WebClient;
import java.io.IOException;
import java.net.http.HttpResponse;

/** Whether anybody answers, and how fast. */
final class ReachCheck implements Check {

    @Override
    public String name() {
        return "reach";
    }

    @Override
    public Finding run(Patient patient) {
        try {
            long begun = System.nanoTime();
            patient.client().tus("OPTIONS", patient.endpoint());
            long first = millisSince(begun);
            long again = System.nanoTime();
            HttpResponse<String> answer = patient.client().tus("OPTIONS", patient.endpoint());
            return Finding.ok(
                    name(),
                    "answers "
                            + answer.statusCode()
                            + " in "
                            + first
                            + " ms on a new connection, in "
                            + millisSince(again)
                            + " ms on an open one");
        } catch (IOException e) {
            return patient.lost(
                    Finding.fail(
                            name(),
                            WebClient.reason(e),
                            "Check host, port and scheme of the URL, the firewall, and --proxy."));
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
