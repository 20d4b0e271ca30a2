package io.longhaul.client.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;

/** Whether PATCH gets through, or else the same as POST. */
final class AppendCheck implements Check {

    private static final int BYTES = 1000;

    @Override
    public String name() {
        return "append";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        byte[] bytes = Patient.random(BYTES);
        URI url = patient.create(BYTES);
        HttpResponse<String> answer = patient.append(url, 0, bytes);
        if (answer.statusCode() == 204 && hasAll(answer)) {
            return Finding.ok(name(), "PATCH gets through");
        }
        patient.override();
        HttpResponse<String> second = patient.append(url, 0, bytes);
        if (second.statusCode() == 204 && hasAll(second)) {
            return Finding.warn(
                    name(),
                    "PATCH is answered by " + answer.statusCode() + ", but gets through as POST",
                    "Let the proxy pass PATCH. Until then: longhaul upload --method-override.");
        }
        return patient.lost(
                Finding.fail(
                        name(),
                        "PATCH is answered by "
                                + answer.statusCode()
                                + ", and as POST by "
                                + second.statusCode(),
                        "Let the proxy pass PATCH, HEAD and DELETE with all their headers."));
    }

    private static boolean hasAll(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Upload-Offset").orElse(-1) == BYTES;
    }
}
