package io.longhaul.client.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Single requests of tus, to look at what the server has. */
final class Http {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    static int status(String method, URI url) throws IOException, InterruptedException {
        return send(method, url).statusCode();
    }

    /** Where an upload is, by HEAD. */
    static long offset(URI url) throws IOException, InterruptedException {
        return send("HEAD", url).headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    /** A count that our server keeps. */
    static long metric(URI origin, String name) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(origin.resolve("/actuator/prometheus")).build();
        return CLIENT.send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<Void> send(String method, URI url)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(url)
                        .method(method, BodyPublishers.noBody())
                        .header("Tus-Resumable", "1.0.0")
                        .build();
        return CLIENT.send(request, BodyHandlers.discarding());
    }
}
