package io.longhaul.client.cli.doctor;

import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Which HTTP is spoken when the client offers HTTP/2. */
final class HttpVersionCheck implements Check {

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        HttpRequest request =
                patient.client()
                        .request(patient.endpoint())
                        .method("OPTIONS", BodyPublishers.noBody())
                        .setHeader("Tus-Resumable", "1.0.0")
                        .version(Version.HTTP_2)
                        .build();
        HttpResponse<String> answer = patient.client().send(request, BodyHandlers.ofString());
        boolean two = answer.version() == Version.HTTP_2;
        boolean secure = "https".equals(patient.endpoint().getScheme());
        String transport = secure ? " over TLS" : " in the clear";
        if (!secure) {
            return Finding.ok(
                    name(),
                    (two ? "HTTP/2" : "HTTP/1.1")
                            + transport
                            + "; browsers use HTTP/2 over TLS only");
        }
        return two
                ? Finding.ok(name(), "HTTP/2" + transport)
                : Finding.warn(
                        name(),
                        "HTTP/1.1 only" + transport,
                        "Offer HTTP/2 (nginx: http2 on): browsers open at most six connections"
                                + " otherwise.");
    }
}
