package io.longhaul.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScriptedServerTests {

    private final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void servesAnUploadRightly() throws Exception {
        URI url = create("Upload-Length", "10", "Upload-Metadata", "filename YQ==");
        assertThat(header(send("HEAD", url, ""), "Upload-Offset")).isEqualTo("0");

        HttpResponse<String> first = append(url, 0, "hello");
        HttpResponse<String> second = append(url, 5, "world");

        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(header(first, "Upload-Offset")).isEqualTo("5");
        assertThat(header(second, "Upload-Offset")).isEqualTo("10");
        assertThat(server.uploads()).hasSize(1);
        MemoryUpload upload = server.uploads().get(0);
        assertThat(upload.content()).isEqualTo("helloworld".getBytes(StandardCharsets.UTF_8));
        assertThat(upload.isComplete()).isTrue();
        assertThat(upload.createdWith("upload-metadata")).isEqualTo("filename YQ==");
        assertThat(server.requests())
                .extracting(ScriptedRequest::method)
                .containsExactly("POST", "HEAD", "PATCH", "PATCH");
    }

    @Test
    void refusesAWrongOffsetAndCountsWhatWasSentAgain() throws Exception {
        URI url = create("Upload-Length", "10");
        append(url, 0, "hello");

        HttpResponse<String> again = append(url, 2, "lloworld");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(header(again, "Upload-Offset")).isEqualTo("5");
        MemoryUpload upload = server.uploads().get(0);
        assertThat(upload.received()).isEqualTo(13);
        assertThat(upload.receivedAgain()).isEqualTo(3);
        assertThat(upload.offset()).isEqualTo(5);
    }

    @Test
    void createsOnceForOneKeyAndForgetsWhatIsDeleted() throws Exception {
        URI url = create("Upload-Length", "10", "Idempotency-Key", "k");
        assertThat(create("Upload-Length", "10", "Idempotency-Key", "k")).isEqualTo(url);

        assertThat(send("DELETE", url, "").statusCode()).isEqualTo(204);

        assertThat(send("HEAD", url, "").statusCode()).isEqualTo(404);
        assertThat(create("Upload-Length", "10", "Idempotency-Key", "k")).isNotEqualTo(url);
    }

    @Test
    void offersItsExtensions() throws Exception {
        URI deferred = create("Upload-Defer-Length", "1");
        assertThat(header(send("HEAD", deferred, ""), "Upload-Defer-Length")).isEqualTo("1");
        assertThat(
                        send(
                                        "PATCH",
                                        deferred,
                                        "hello",
                                        "Content-Type",
                                        "application/offset+octet-stream",
                                        "Upload-Offset",
                                        "0",
                                        "Upload-Length",
                                        "5")
                                .statusCode())
                .isEqualTo(204);
        URI whole = create("Upload-Concat", "final;" + deferred.getPath() + " " + deferred);
        assertThat(server.uploads().get(1).content())
                .isEqualTo("hellohello".getBytes(StandardCharsets.UTF_8));
        assertThat(header(send("HEAD", whole, ""), "Upload-Length")).isEqualTo("10");
        assertThat(header(send("OPTIONS", server.endpoint(), ""), "Tus-Extension"))
                .contains("creation-with-upload", "checksum");
    }

    @Test
    void verifiesChecksums() throws Exception {
        URI url = create("Upload-Length", "11");

        assertThat(appendWithChecksum(url, "sha1 AAAA").statusCode()).isEqualTo(460);
        assertThat(appendWithChecksum(url, "crc32 AAAA").statusCode()).isEqualTo(400);
        assertThat(server.uploads().get(0).offset()).isZero();
        assertThat(appendWithChecksum(url, "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").statusCode())
                .isEqualTo(204);
        assertThat(server.uploads().get(0).offset()).isEqualTo(11);
    }

    @Test
    void meetsRequestsWithFaultsInTheOrderOfTheScript() throws Exception {
        server.times(2, "HEAD", Faults.refusal(500))
                .once("HEAD", Faults.refusal(503))
                .always(Faults.refusalWithout("Authorization", "x", 401));
        URI url = server.endpoint();

        assertThat(send("HEAD", url, "").statusCode()).isEqualTo(500);
        assertThat(send("OPTIONS", url, "").statusCode()).isEqualTo(401);
        assertThat(send("HEAD", url, "").statusCode()).isEqualTo(500);
        assertThat(send("HEAD", url, "").statusCode()).isEqualTo(503);
        assertThat(send("OPTIONS", url, "", "Authorization", "x").statusCode()).isEqualTo(204);
    }

    @Test
    void keepsTheBytesThatCameBeforeAReset() throws Exception {
        URI url = create("Upload-Length", "10");
        server.once("PATCH", Faults.resetInBody(3));

        assertThatThrownBy(() -> append(url, 0, "hello")).isInstanceOf(IOException.class);

        assertThat(header(send("HEAD", url, ""), "Upload-Offset")).isEqualTo("3");
    }

    @Test
    void resetsAfterAnyByteOfWhatItReceives() throws Exception {
        String request = "OPTIONS /files HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (int at = 0; at <= request.length(); at++) {
            try (ScriptedServer each = new ScriptedServer().resetAfterReceiving(at);
                    RawClient raw = new RawClient(each.endpoint())) {
                assertThat(raw.exchange(request)).as("reset after %d bytes", at).isEmpty();
                assertThat(each.bytesReceived()).isEqualTo(at);
                assertThat(new RawClient(each.endpoint()).exchange(request)).contains(" 204 ");
            }
        }
    }

    @Test
    void resetsAfterAnyByteOfWhatItSends() throws Exception {
        String request = "OPTIONS /files HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (int at = 0; at <= 60; at++) {
            try (ScriptedServer each = new ScriptedServer().resetAfterSending(at);
                    RawClient raw = new RawClient(each.endpoint())) {
                assertThat(raw.exchange(request)).hasSizeLessThanOrEqualTo(at);
                assertThat(each.bytesSent()).isEqualTo(at);
            }
        }
    }

    @Test
    void fallsSilentUntilItIsClosed() throws Exception {
        server.once("OPTIONS", Faults.silence());
        var silent = client.sendAsync(options(), BodyHandlers.ofString());
        await().until(() -> server.count("OPTIONS") == 1);

        assertThat(send("OPTIONS", server.endpoint(), "").statusCode()).isEqualTo(204);
        assertThat(silent).isNotDone();
        server.close();

        assertThat(silent).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void answersByteByByteAndLate() throws Exception {
        server.once("OPTIONS", Faults.slowAnswer(Duration.ofMillis(1)))
                .once("OPTIONS", Faults.lateAnswer(Duration.ofMillis(100)));
        for (int i = 0; i < 2; i++) {
            long began = System.nanoTime();
            assertThat(send("OPTIONS", server.endpoint(), "").statusCode()).isEqualTo(204);
            assertThat(System.nanoTime() - began).isGreaterThan(100_000_000L);
        }
    }

    @Test
    void endsAnswersInTheMiddleOrNever() throws Exception {
        server.once("OPTIONS", Faults.truncatedAnswer(30))
                .once("OPTIONS", Faults.endlessBody(Answer.of(200), 10, Duration.ofMillis(5)))
                .once("OPTIONS", Faults.endlessHead("A: b", Duration.ofMillis(5)));
        assertThatThrownBy(() -> send("OPTIONS", server.endpoint(), ""))
                .isInstanceOf(IOException.class);
        for (int i = 0; i < 2; i++) {
            var endless = client.sendAsync(options(), BodyHandlers.ofString());
            assertThat(endless)
                    .withFailMessage("answer %d has an end", i)
                    .failsWithin(Duration.ofMillis(300))
                    .withThrowableOfType(TimeoutException.class);
            endless.cancel(true);
        }
    }

    @Test
    void refusesWithoutReadingTheBody() throws Exception {
        URI url = create("Upload-Length", "10");
        server.once("PATCH", Faults.earlyRefusal(Answer.of(413)));

        assertThat(append(url, 0, "hello").statusCode()).isEqualTo(413);
        assertThat(server.uploads().get(0).received()).isZero();
    }

    @Test
    void closesAfterAnAnswerWithoutAWord() throws Exception {
        server.once("OPTIONS", Faults.answerThenClose());
        try (RawClient raw = new RawClient(server.endpoint())) {
            String request = "OPTIONS /files HTTP/1.1\r\nHost: localhost\r\n\r\n";
            assertThat(raw.exchange(request)).contains(" 204 ");
            assertThat(raw.exchange(request)).isEmpty();
        }
    }

    @Test
    void tellsOfFaultsThatFail() throws Exception {
        ScriptedServer broken = new ScriptedServer();
        broken.always(
                exchange -> {
                    throw new IllegalStateException("a mistake in a test");
                });
        assertThatThrownBy(() -> send("OPTIONS", broken.endpoint(), ""))
                .isInstanceOf(IOException.class);

        assertThatThrownBy(broken::close).isInstanceOf(AssertionError.class);
    }

    private URI create(String... headers) throws Exception {
        HttpResponse<String> answer = send("POST", server.endpoint(), "", headers);
        assertThat(answer.statusCode()).isEqualTo(201);
        return server.endpoint().resolve(header(answer, "Location"));
    }

    private HttpResponse<String> append(URI url, int offset, String text) throws Exception {
        return send(
                "PATCH",
                url,
                text,
                "Content-Type",
                "application/offset+octet-stream",
                "Upload-Offset",
                "" + offset);
    }

    private HttpResponse<String> appendWithChecksum(URI url, String checksum) throws Exception {
        return send(
                "PATCH",
                url,
                "hello world",
                "Content-Type",
                "application/offset+octet-stream",
                "Upload-Offset",
                "0",
                "Upload-Checksum",
                checksum);
    }

    private HttpRequest options() {
        return HttpRequest.newBuilder(server.endpoint())
                .method("OPTIONS", BodyPublishers.noBody())
                .build();
    }

    private HttpResponse<String> send(String method, URI url, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
