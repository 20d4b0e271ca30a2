package io.longhaul.client.cli.doctor;

import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The server under examination, what is known of it, and the uploads that were made for it. */
final class Patient {

    private final WebClient client;
    private final URI endpoint;
    private final List<URI> uploads = new ArrayList<>();
    private String extensions = "";
    private boolean overridden;
    private boolean lost;

    Patient(WebClient client, URI endpoint) {
        this.client = client;
        this.endpoint = endpoint;
    }

    WebClient client() {
        return client;
    }

    URI endpoint() {
        return endpoint;
    }

    List<URI> uploads() {
        return List.copyOf(uploads);
    }

    boolean hasUploads() {
        return !uploads.isEmpty();
    }

    void offers(String newExtensions) {
        extensions = newExtensions;
    }

    boolean offers(String extension, boolean otherwise) {
        return extensions.isEmpty()
                ? otherwise
                : List.of(extensions.split("\\s*,\\s*", -1)).contains(extension);
    }

    /** Nothing more can be found out. */
    Finding lost(Finding finding) {
        lost = true;
        return finding;
    }

    boolean isLost() {
        return lost;
    }

    /** From now on PATCH is sent as POST. */
    void override() {
        overridden = true;
    }

    boolean isOverridden() {
        return overridden;
    }

    HttpResponse<String> post(long length, String metadata) throws IOException {
        var headers = new HashMap<String, String>();
        headers.put("Upload-Length", Long.toString(length));
        if (!metadata.isEmpty()) {
            headers.put("Upload-Metadata", metadata);
        }
        HttpResponse<String> response =
                client.tus("POST", endpoint, headers, BodyPublishers.noBody());
        if (response.statusCode() == 201) {
            response.headers()
                    .firstValue("Location")
                    .flatMap(this::reachable)
                    .ifPresent(uploads::add);
        }
        return response;
    }

    /** A new upload that can be reached, whatever its Location says. */
    URI create(long length) throws IOException {
        int before = uploads.size();
        int status = post(length, "").statusCode();
        if (uploads.size() == before) {
            throw new IOException("creating an upload is answered by " + status);
        }
        return uploads.get(before);
    }

    /**
     * Where a Location leads when the scheme and host of the endpoint are right: so that one fault
     * does not hide the others.
     */
    Optional<URI> reachable(String location) {
        try {
            URI target = endpoint.resolve(location);
            String path = target.getRawPath() == null ? "/" : target.getRawPath();
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            return Optional.of(endpoint.resolve(path + query));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Appends with PATCH, or as it has to be, and returns the answer. */
    HttpResponse<String> append(URI url, long offset, byte[] bytes) throws IOException {
        return client.tus(
                overridden ? "POST" : "PATCH",
                url,
                appendHeaders(offset),
                BodyPublishers.ofByteArray(bytes));
    }

    Map<String, String> appendHeaders(long offset) {
        var headers = new HashMap<String, String>();
        headers.put("Upload-Offset", Long.toString(offset));
        headers.put("Content-Type", "application/offset+octet-stream");
        if (overridden) {
            headers.put("X-HTTP-Method-Override", "PATCH");
        }
        return headers;
    }

    /** The offset, when the server says one: 423 is none. */
    OptionalLong offset(URI url) throws IOException {
        HttpResponse<String> head = client.tus("HEAD", url);
        return head.statusCode() / 100 == 2
                ? head.headers().firstValueAsLong("Upload-Offset")
                : OptionalLong.empty();
    }

    /** Bytes that no proxy can compress. */
    static byte[] random(int count) {
        byte[] bytes = new byte[count];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
        }
    }
}
