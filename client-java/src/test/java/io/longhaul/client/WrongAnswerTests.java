package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.testing.Answer;
import io.longhaul.client.testing.Fault;
import io.longhaul.client.testing.Faults;
import io.longhaul.client.testing.ScriptedServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.channels.ByteArraySeekableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that tus 1.0.0 does not allow, and Locations that lead elsewhere. */
class WrongAnswerTests extends AgainstScriptedServer {

    /** Lower, between, beyond what was sent, beyond the length, and no numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "25", "31", "99999999999999999999", "-1", "1e1", "x", ""})
    void arrivesAfterAWrongOffset(String offset) throws Exception {
        Fault wrong = Faults.altered(answer -> answer.with("Upload-Offset", offset));
        server.once("PATCH", Faults.none()).once("PATCH", wrong);

        arrives();

        assertOneUpload();
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "99999999999999999999", "-1", "x", ""})
    void failsWhenTheOffsetIsAlwaysWrong(String offset) throws Exception {
        server.once("PATCH", Faults.resetInBody(3))
                .always("HEAD", Faults.altered(answer -> answer.with("Upload-Offset", offset)));

        failsWith(InvalidAnswerException.class);
        assertThat(remembered()).hasSize(1);
    }

    @Test
    void failsWhenThereIsNoOffset() throws Exception {
        server.once("PATCH", Faults.resetInBody(3))
                .always("HEAD", Faults.altered(answer -> answer.without("Upload-Offset")));

        failsWith(InvalidAnswerException.class);
    }

    @Test
    void arrivesWhenAppendsAreNeverAnsweredByAnOffset() throws Exception {
        server.always("PATCH", Faults.altered(answer -> answer.without("Upload-Offset")));

        arrivesOrFails(uploadFile());
        assertOneUpload();
    }

    @Test
    void arrivesWhenTheServerClaimsMoreThanItTook() throws Exception {
        server.once(
                "PATCH",
                exchange -> {
                    Answer answer = exchange.serve(4);
                    exchange.discardBody();
                    exchange.send(answer.with("Upload-Offset", CHUNK));
                });

        arrives();
    }

    @Test
    void arrivesByAStreamUnlessTheServerClaimsMoreThanItTook() throws Exception {
        server.once(
                "PATCH",
                exchange -> {
                    Answer answer = exchange.serve(4);
                    exchange.discardBody();
                    exchange.send(answer.with("Upload-Offset", CHUNK));
                });

        failsWith(UploadException.class, uploadStream());
    }

    @Test
    void arrivesWhenTheServerTakesLessThanItIsSent() throws Exception {
        server.always(
                "PATCH",
                exchange -> {
                    Answer answer = exchange.serve(4);
                    exchange.discardBody();
                    exchange.send(answer);
                });

        arrives();
    }

    @Test
    void failsWhenTheServerTakesNothing() throws Exception {
        server.always(
                "PATCH",
                exchange -> {
                    exchange.discardBody();
                    exchange.send(exchange.serve(0));
                });

        failsWith(InvalidAnswerException.class);
    }

    @Test
    void failsWhenANewUploadHasBytes() throws Exception {
        server.always("POST", Faults.altered(answer -> answer.with("Upload-Offset", 5)));

        failsWith(InvalidAnswerException.class);
    }

    @Test
    void startsAgainWhenTheRememberedUploadHasAnotherLength() throws Exception {
        server.once("PATCH", Faults.resetInBody(3))
                .once("HEAD", Faults.altered(answer -> answer.with("Upload-Length", 31)));

        arrives();

        assertThat(server.uploads()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[", "ftp://127.0.0.1/x", "file:///etc/passwd", "mailto:a@b", "http:///x",
                "javascript:1", "%", "http://127.0.0.1:99999/x", "//", "http://a b/"
            })
    void failsWhenTheLocationIsNone(String location) throws Exception {
        giveUpSoon();
        server.always("POST", Faults.altered(answer -> answer.with("Location", location)));

        failsWith(UploadException.class);
    }

    @Test
    void failsWhenTheLocationIsMissing() throws Exception {
        server.always("POST", Faults.altered(answer -> answer.without("Location")));

        failsWith(InvalidAnswerException.class);
    }

    @Test
    void arrivesWhenTheLocationIsMissingOnce() throws Exception {
        server.once("POST", Faults.altered(answer -> answer.without("Location")));

        arrives();

        assertOneUpload();
    }

    @Test
    void givesUpWhenNobodyListensAtTheLocation() throws Exception {
        giveUpSoon();
        ScriptedServer gone = new ScriptedServer();
        gone.close();
        String location = gone.at("/files/1").toString();
        server.always("POST", Faults.altered(answer -> answer.with("Location", location)));

        failsWith(RetriesExhaustedException.class);
    }

    @Test
    void goesToAnotherHostWithoutCredentials() throws Exception {
        try (ScriptedServer other = new ScriptedServer()) {
            server.always("POST", Faults.redirect(307, other.endpoint().toString()));
            use(settings().credentials(Credentials.bearer(() -> "secret")));

            CompletedUpload completed = completes();

            assertThat(completed.url().getPort()).isEqualTo(other.endpoint().getPort());
            assertThat(other.uploads().get(0).content()).isEqualTo(content);
            assertThat(other.requests())
                    .allMatch(request -> request.header("Authorization").isEmpty());
            assertThat(server.requests())
                    .allMatch(request -> request.header("Authorization").isPresent());
        }
    }

    @Test
    void takesALocationOnAnotherHost() throws Exception {
        try (ScriptedServer other = new ScriptedServer()) {
            server.once(
                    "POST",
                    exchange -> {
                        exchange.send(Answer.of(201).with("Location", other.at("/files/0001")));
                    });
            createOn(other);

            CompletedUpload completed = completes();

            assertThat(completed.url()).isEqualTo(other.at("/files/0001"));
            assertThat(other.uploads().get(0).content()).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST", "302, POST", "307, POST", "308, POST",
        "301, PATCH", "302, PATCH", "307, PATCH", "308, PATCH",
        "301, HEAD", "302, HEAD", "307, HEAD", "308, HEAD"
    })
    void followsARedirectWithTheSameMethod(int status, String method) throws Exception {
        if (method.equals("HEAD")) {
            server.once("PATCH", Faults.resetInBody(3));
        }
        server.once(
                method,
                exchange -> {
                    String path = exchange.request().path() + "?moved";
                    exchange.discardBody();
                    exchange.send(Answer.of(status).with("Location", path));
                });

        arrives();

        assertThat(server.requests())
                .anyMatch(
                        request ->
                                request.method().equals(method)
                                        && request.path().endsWith("?moved"));
        assertOneUpload();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void failsWhenRedirectsGoRoundInCircles(String method) throws Exception {
        server.always(
                method,
                exchange -> {
                    exchange.discardBody();
                    String path = exchange.request().path();
                    exchange.send(Answer.of(307).with("Location", path));
                });

        failsWith(InvalidAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void failsWhenARedirectLeadsNowhere(int status) throws Exception {
        server.always("POST", Faults.refusal(status));

        failsWith(InvalidAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 2\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n\r\n",
                "HTTP/1.1 204 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 204 OK\r\n: no name\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "\u0016\u0003\u0001",
            })
    void arrivesAfterWhatIsNotHttp(String text) throws Exception {
        Fault garbage =
                exchange -> {
                    exchange.serve();
                    exchange.sendText(text);
                    exchange.close();
                };
        server.once("POST", garbage).once("PATCH", garbage);

        arrives();

        assertOneUpload();
    }

    @Test
    void arrivesWhenTheServerSaysMoreThanItShould() throws Exception {
        server.always(
                Faults.altered(
                        answer ->
                                new Answer(200, answer.headers(), "")
                                        .withBody("x".repeat(100_000))
                                        .with("X-Long", "y".repeat(10_000))));

        arrives();
    }

    private CompletedUpload completes() throws Exception {
        return uploadFile().result().get(10, TimeUnit.SECONDS);
    }

    /** Creates the upload that the first server says is here. */
    private void createOn(ScriptedServer other) throws Exception {
        try (UploadClient creator =
                UploadClient.builder(other.endpoint()).chunkSize(CHUNK).build()) {
            other.once("PATCH", Faults.silence());
            Upload upload =
                    creator.upload(
                            UploadSource.channel(
                                    "x", LENGTH, () -> ByteArraySeekableByteChannel.wrap(content)),
                            Map.of());
            await().until(() -> other.count("PATCH") == 1);
            upload.cancel();
        }
    }
}
