package io.longhaul.client.cli.doctor;

import java.io.IOException;
import java.net.URI;

/** Whether 409, by which clients find back to the right offset, gets through as it is. */
final class ConflictCheck implements Check {

    @Override
    public String name() {
        return "conflict";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        URI url = patient.create(100);
        int status = patient.append(url, 50, Patient.random(50)).statusCode();
        if (status == 409) {
            return Finding.ok(name(), "an append at a wrong offset is answered by 409");
        }
        String seen = "an append at a wrong offset is answered by " + status + ", not 409";
        return status / 100 == 2
                ? Finding.fail(name(), seen, "The server damages uploads: do not use it.")
                : Finding.warn(
                        name(),
                        seen,
                        "Have the proxy pass the answers of the server as they are (nginx:"
                                + " proxy_intercept_errors off).");
    }
}
