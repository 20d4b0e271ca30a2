package io.longhaul.client.cli.doctor;

import io.longhaul.client.cli.http.WebClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Whether uploads can be created, and whether the URL that the server gives can be used. */
final class CreationCheck implements Check {

    private static final String FORWARDED =
            "Let the proxy send Forwarded or X-Forwarded-Proto and -Host, and the server trust it;"
                    + " or set the server's public URL; or have it send relative Locations.";

    @Override
    public String name() {
        return "create";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        HttpResponse<String> answer = patient.post(1000, "");
        if (answer.statusCode() != 201) {
            return patient.lost(refused(answer.statusCode()));
        }
        String location = answer.headers().firstValue("Location").orElse("");
        Optional<URI> usable = patient.reachable(location);
        if (location.isEmpty() || usable.isEmpty()) {
            return patient.lost(
                    Finding.fail(
                            name(),
                            location.isEmpty() ? "no Location" : "a Location that is no URL",
                            "The server, or a proxy that rewrites, is at fault."));
        }
        return judge(patient, location);
    }

    private Finding refused(int status) {
        String seen = "creating an upload is answered by " + status;
        String advice =
                switch (status) {
                    case 401, 403 -> "Give credentials: --token, --token-file or --header.";
                    case 404 -> "Check the path of the URL: it is that of no tus endpoint.";
                    case 405 ->
                            "This URL takes no POST: give the endpoint, not the URL of an upload.";
                    case 413 -> "The server takes no upload of 1000 bytes: look at its limits.";
                    default -> "Look into the logs of the server and of the proxy.";
                };
        return Finding.fail(name(), seen, advice);
    }

    private Finding judge(Patient patient, String location) throws IOException {
        URI endpoint = patient.endpoint();
        URI target = endpoint.resolve(location);
        if (WebClient.origin(target).equals(WebClient.origin(endpoint))) {
            boolean absolute = location.matches("(?i)https?:.*");
            return patient.offset(target).isPresent()
                    ? Finding.ok(
                            name(),
                            (absolute ? "absolute" : "relative") + " Location, which answers")
                    : Finding.fail(
                            name(),
                            "the Location " + target + " does not answer",
                            "The path may lack a prefix that the proxy takes away: have the proxy"
                                    + " keep it, or tell the server its public URL.");
        }
        if ("https".equals(endpoint.getScheme()) && "http".equals(target.getScheme())) {
            return Finding.fail(
                    name(),
                    "asked by https, but Location is "
                            + target
                            + ": the server does not know of"
                            + " the proxy that ends TLS",
                    FORWARDED);
        }
        return elsewhere(patient, target);
    }

    private Finding elsewhere(Patient patient, URI target) {
        String seen = "Location is on another host, port or scheme: " + WebClient.origin(target);
        try {
            if (patient.offset(target).isPresent()) {
                return Finding.warn(
                        name(),
                        seen + "; it answers",
                        "Meant so, clients must be told to trust it with credentials. Otherwise: "
                                + FORWARDED);
            }
        } catch (IOException e) {
            // Not reachable is the same as wrong.
        }
        return Finding.fail(name(), seen + "; it does not answer", FORWARDED);
    }
}
