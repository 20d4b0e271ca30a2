package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.testing.Answer;
import io.longhaul.client.testing.Fault;
import io.longhaul.client.testing.Faults;
import io.longhaul.client.testing.MemoryUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.input.BrokenInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, empty and parallel uploads, and terminations, with a server that misbehaves. */
class ScriptedUploadTests extends AgainstScriptedServer {

    @ParameterizedTest
    @ValueSource(strings = {"0", "15", "31", "99999999999999999999", "-1", "x", ""})
    void arrivesByAStreamAfterAWrongOffset(String offset) throws Exception {
        Fault wrong = Faults.altered(answer -> answer.with("Upload-Offset", offset));
        server.once("PATCH", Faults.none()).once("PATCH", wrong);

        arrives(uploadStream());
    }

    @Test
    void arrivesByAStreamWhenTheServerTakesLessThanItIsSent() throws Exception {
        server.always(
                "PATCH",
                exchange -> {
                    Answer answer = exchange.serve(4);
                    exchange.discardBody();
                    exchange.send(answer);
                });

        arrives(uploadStream());
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 423, 500})
    void arrivesByAStreamAfterRefusalsThatPass(int status) throws Exception {
        server.times(3, "POST", Faults.refusal(status))
                .times(3, "PATCH", Faults.refusal(status))
                .times(3, "HEAD", Faults.refusal(status));

        arrives(uploadStream());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void createsAnEmptyUploadOnceWhenAnswersAreLost(boolean stream) throws Exception {
        server.once("POST", Faults.resetBeforeAnswer())
                .once("POST", Faults.resetInAnswer(30))
                .once("PATCH", Faults.resetBeforeAnswer());
        Path empty = Files.createFile(directory.resolve("empty"));
        Upload upload =
                stream
                        ? client.upload(InputStream.nullInputStream(), Map.of())
                        : client.upload(empty);

        CompletedUpload completed = upload.result().get(10, TimeUnit.SECONDS);

        assertThat(completed.length()).isZero();
        assertOneUpload();
        assertThat(server.uploads().get(0).isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void arrivesInParallelPiecesOverABadNetwork(long seed) throws Exception {
        byte[] large = new byte[9 << 20];
        Random random = new Random(seed);
        random.nextBytes(large);
        Path file = Files.write(directory.resolve("large.bin"), large);
        use(
                settings()
                        .parallelism(2)
                        .chunkSize(1 << 20)
                        .retryPolicy(retrying(STALL.multipliedBy(50))));
        for (int i = 0; i < 6; i++) {
            server.once("PATCH", Faults.none())
                    .once("PATCH", Faults.resetInBody(random.nextInt(1 << 20)))
                    .once("HEAD", Faults.resetBeforeAnswer())
                    .once("POST", Faults.resetInAnswer(random.nextInt(100)));
        }

        CompletedUpload completed = client.upload(file).result().get(30, TimeUnit.SECONDS);

        assertThat(server.uploads()).hasSize(3);
        MemoryUpload whole = server.uploads().get(2);
        assertThat(whole.path()).isEqualTo(completed.url().getPath());
        assertThat(whole.content()).isEqualTo(large);
        assertThat(server.uploads()).allMatch(upload -> upload.receivedAgain() == 0);
        assertThat(remembered()).isEmpty();
    }

    @Test
    void terminatesThoughTheServerFailsAtFirst() throws Exception {
        server.always("PATCH", Faults.silence())
                .times(2, "DELETE", Faults.refusal(503))
                .once("DELETE", Faults.resetBeforeAnswer());
        Upload upload = uploadFile();
        await().until(() -> server.count("PATCH") > 0);

        upload.terminate().get(10, TimeUnit.SECONDS);

        assertThat(server.uploads()).isEmpty();
        assertThat(remembered()).isEmpty();
        failsWith(UploadCancelledException.class, upload);
    }

    @Test
    void saysWhenATerminationIsRefused() throws Exception {
        server.always("PATCH", Faults.silence()).always("DELETE", Faults.refusal(405));
        Upload upload = uploadFile();
        await().until(() -> server.count("PATCH") > 0);

        assertThat(upload.terminate())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RequestRefusedException.class);
    }

    @Test
    void arrivesByPostsThatStandForOtherMethods() throws Exception {
        use(settings().methodOverride(true));
        server.once("PATCH", Faults.resetInBody(3)).once("PATCH", Faults.refusal(500));

        arrives();

        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("PATCH"))
                .isNotEmpty()
                .allMatch(request -> request.header("X-HTTP-Method-Override").isPresent());
    }

    @Test
    void failsOnAnAnswerThatIsNoneOfTus() throws Exception {
        server.always("POST", Faults.refusal(Answer.of(303).with("Location", "/elsewhere")));

        failsWith(RequestRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"103", "104", "199"})
    void arrivesAfterInterimAnswers(String status) throws Exception {
        server.always(
                exchange -> {
                    Answer answer = exchange.serve();
                    exchange.sendText(
                            "HTTP/1.1 " + status + " Interim\r\nUpload-Offset: 1\r\n\r\n");
                    exchange.send(answer);
                });

        arrives();
        assertOneUpload();
    }

    @Test
    void twoClientsNeverUploadTheSameFileAtOnce() throws Exception {
        server.once("PATCH", Faults.lateAnswer(STALL.dividedBy(2)));
        try (UploadClient other = settings().build()) {
            Upload first = uploadFile();
            await().until(() -> server.count("POST") > 0);
            Upload second = other.upload(directory.resolve("content.bin"));

            failsWith(UploadBusyException.class, second);
            arrives(first);
        }
        assertOneUpload();
    }

    @Test
    void failsWhenAStreamFails() throws Exception {
        InputStream broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(content),
                        new BrokenInputStream(() -> new IOException("the tape broke")));

        assertThat(failsWith(SourceChangedException.class, client.upload(broken, Map.of())))
                .hasMessageContaining("the tape broke");
    }
}
