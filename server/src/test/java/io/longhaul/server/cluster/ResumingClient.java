package io.longhaul.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A client that asks the offset and goes on there, however its requests end, and has its own limit
 * for each. It checks that no offset it is told is less than an earlier one. For one thread at a
 * time.
 */
final class ResumingClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration HEAD_LIMIT = Duration.ofSeconds(3);
    private static final Duration PATCH_LIMIT = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI upload;
    private final byte[] content;
    private final int piece;
    private final Scenario scenario;
    private long acknowledged;

    /**
     * @param piece bytes in one request at most
     * @param scenario is told how long it waits
     */
    ResumingClient(URI upload, byte[] content, int piece, Scenario scenario) {
        this.upload = upload;
        this.content = content;
        this.piece = piece;
        this.scenario = scenario;
    }

    /** The highest offset that any answer told. */
    long acknowledged() {
        return acknowledged;
    }

    void complete() {
        reach(content.length);
    }

    /** Appends until so many bytes are acknowledged. */
    void reach(long goal) {
        await("an offset of " + goal)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .until(() -> goOn(goal));
    }

    private boolean goOn(long goal) throws InterruptedException {
        if (offset().isEmpty()) {
            return false;
        }
        while (acknowledged < goal) {
            if (!append()) {
                return false;
            }
        }
        return true;
    }

    /** Asks once; empty when the server cannot tell now. */
    OptionalLong offset() throws InterruptedException {
        HttpRequest.Builder head = request("HEAD", BodyPublishers.noBody(), HEAD_LIMIT);
        HttpResponse<String> answer;
        try {
            answer = send(head);
        } catch (IOException _) { // no answer in time, or hung up on
            return OptionalLong.empty();
        }
        assertThat(answer.statusCode()).as("HEAD %s", answer.headers()).isIn(200, 423, 500, 503);
        return answer.statusCode() == 200
                ? OptionalLong.of(acknowledged(answer))
                : OptionalLong.empty();
    }

    private boolean append() throws InterruptedException {
        int count = (int) Math.min(piece, content.length - acknowledged);
        BodyPublisher body = BodyPublishers.ofByteArray(content, (int) acknowledged, count);
        HttpRequest.Builder patch =
                request("PATCH", body, PATCH_LIMIT)
                        .header("Upload-Offset", Long.toString(acknowledged))
                        .header("Content-Type", "application/offset+octet-stream");
        try {
            HttpResponse<String> answer = send(patch);
            assertThat(answer.statusCode())
                    .as("PATCH %s %s", answer.headers(), answer.body())
                    .isIn(204, 409, 423, 500, 503);
            if (answer.statusCode() == 204) {
                long expected = acknowledged + count;
                assertThat(acknowledged(answer)).isEqualTo(expected);
            }
            return answer.statusCode() == 204;
        } catch (IOException _) { // no answer in time, or hung up on
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } finally {
            scenario.waited(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private long acknowledged(HttpResponse<?> answer) {
        long told = answer.headers().firstValueAsLong("Upload-Offset").orElseThrow();
        assertThat(told).as("offset").isBetween(acknowledged, (long) content.length);
        acknowledged = told;
        return told;
    }

    private HttpRequest.Builder request(String method, BodyPublisher body, Duration limit) {
        return HttpRequest.newBuilder(upload)
                .header("Tus-Resumable", "1.0.0")
                .timeout(limit)
                .method(method, body);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
