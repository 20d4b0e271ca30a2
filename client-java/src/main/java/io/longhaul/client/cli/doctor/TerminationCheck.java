package io.longhaul.client.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Deletes all that was uploaded by the other checks. */
final class TerminationCheck implements Check {

    @Override
    public String name() {
        return "delete";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        var left = new ArrayList<URI>();
        int status = 0;
        for (URI url : patient.uploads()) {
            int answer = patient.client().tus("DELETE", url).statusCode();
            if (answer / 100 != 2 && answer != 404 && answer != 410) {
                left.add(url);
                status = answer;
            }
        }
        if (!left.isEmpty()) {
            return remaining(patient, left, status);
        }
        URI last = patient.uploads().get(patient.uploads().size() - 1);
        return patient.offset(last).isEmpty()
                ? Finding.ok(name(), "the " + patient.uploads().size() + " test uploads are gone")
                : Finding.warn(
                        name(),
                        "a deleted upload still answers",
                        "A cache may answer for the server: let HEAD through.");
    }

    private Finding remaining(Patient patient, List<URI> left, int status) {
        String seen = "DELETE is answered by " + status + "; left behind: " + left;
        return patient.offers("termination", true)
                ? Finding.warn(name(), seen, "Let the proxy pass DELETE.")
                : Finding.warn(
                        name(), seen, "The server does not offer it: they stay until they expire.");
    }
}
