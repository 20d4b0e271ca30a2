package io.longhaul.server.interop;

import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** An upload as the server itself shows it, whatever stands between the server and the client. */
record RemoteUpload(URI uri) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The upload at a URL that a client was given, asked for without the proxies in between. */
    static RemoteUpload of(ServerProcess server, String url) {
        return new RemoteUpload(server.origin().resolve(URI.create(url).getRawPath()));
    }

    /** The first upload whose URL tus-js-client stores in a file, as soon as it has. */
    static RemoteUpload awaitStored(ServerProcess server, Path urls) {
        return await("a stored URL")
                .atMost(LIMIT)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(() -> stored(server, urls), _ -> true);
    }

    static RemoteUpload create(ServerProcess server, long length)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.uploads())
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(length))
                        .POST(BodyPublishers.noBody())
                        .build();
        var answer = CLIENT.send(request, BodyHandlers.discarding());
        return of(server, answer.headers().firstValue("Location").orElseThrow());
    }

    HttpResponse<Void> head() throws IOException, InterruptedException {
        var request = request().method("HEAD", BodyPublishers.noBody()).build();
        return CLIENT.send(request, BodyHandlers.discarding());
    }

    long offset() throws IOException, InterruptedException {
        return head().headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    /** Waits until the server acknowledges at least so many bytes, and says how many. */
    long awaitOffset(long least) {
        return await("an offset of " + least)
                .atMost(LIMIT)
                .pollInterval(POLL)
                .until(this::offset, offset -> offset >= least);
    }

    HttpResponse<String> append(long offset, byte[] bytes)
            throws IOException, InterruptedException {
        var request =
                request()
                        .header("Upload-Offset", Long.toString(offset))
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(bytes))
                        .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    /** The digest of the content, downloaded now. */
    String sha256() throws IOException, InterruptedException {
        var response =
                CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        "GET was answered " + response.statusCode() + " " + response.headers());
            }
            return TestFile.sha256(body);
        }
    }

    private static RemoteUpload stored(ServerProcess server, Path urls) throws IOException {
        var first = JsonMapper.shared().readTree(Files.readString(urls)).iterator().next();
        return of(server, first.get("uploadUrl").stringValue());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(uri).header("Tus-Resumable", "1.0.0").timeout(LIMIT);
    }
}
