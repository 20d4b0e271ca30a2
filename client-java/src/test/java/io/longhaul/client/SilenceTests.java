package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.testing.Answer;
import io.longhaul.client.testing.Fault;
import io.longhaul.client.testing.Faults;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are open and dead, and servers that take their time. */
class SilenceTests extends AgainstScriptedServer {

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void arrivesAfterASilenceWithoutAnAnswer(String method) throws Exception {
        server.once(method, Faults.silence());

        arrives();

        assertOneUpload();
    }

    @Test
    void arrivesAfterASilenceInTheBody() throws Exception {
        server.once("PATCH", Faults.silenceInBody(3)).once("PATCH", Faults.silenceInBody(0));

        arrives();

        assertOneUpload();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 60})
    void arrivesAfterASilenceInTheAnswer(int bytes) throws Exception {
        server.once("POST", Faults.silenceInAnswer(bytes));

        arrives();

        assertOneUpload();
    }

    @Test
    void arrivesAfterASilenceOfTheQuestionForTheOffset() throws Exception {
        server.once("PATCH", Faults.silenceInBody(3)).once("HEAD", Faults.silence());

        arrives();
    }

    @Test
    void arrivesByAStreamAfterASilence() throws Exception {
        server.once("PATCH", Faults.silenceInBody(3)).once("PATCH", Faults.silenceInAnswer(20));

        arrives(uploadStream());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void givesUpWhenTheServerStaysSilent(String method) throws Exception {
        giveUpSoon();
        server.always(method, Faults.silence());

        RetriesExhaustedException failure = failsWith(RetriesExhaustedException.class);

        assertThat(failure).hasMessageContaining("no byte moved");
    }

    @Test
    void givesUpWhenTheServerIsSilentAboutItsExtensions() throws Exception {
        giveUpSoon();
        server.always("OPTIONS", Faults.silence());

        failsWith(RetriesExhaustedException.class, uploadStream());
    }

    @Test
    void waitsForAnAnswerThatIsLateButInTime() throws Exception {
        server.always(Faults.lateAnswer(STALL.dividedBy(4)));

        arrives();

        assertThat(server.count("HEAD")).isZero();
        assertThat(server.count("PATCH")).isEqualTo(LENGTH / CHUNK);
    }

    @Test
    void learnsToWaitForAServerThatIsAlwaysSlow() throws Exception {
        server.always(Faults.lateAnswer(STALL.multipliedBy(2)));

        arrives();

        assertOneUpload();
    }

    @Test
    void arrivesWhenAnswersComeByteByByte() throws Exception {
        server.always(Faults.slowAnswer(Duration.ofMillis(1)));

        arrives();
    }

    @Test
    void arrivesAfterAnswersThatComeTooSlowly() throws Exception {
        server.once("POST", Faults.slowAnswer(Duration.ofMillis(20)))
                .once("PATCH", Faults.slowAnswer(Duration.ofMillis(20)));

        arrives();

        assertOneUpload();
    }

    @ParameterizedTest
    @MethodSource("endless")
    void arrivesAfterAnAnswerWithoutEnd(Fault endless) throws Exception {
        server.once("POST", endless).once("PATCH", endless);

        arrives();

        assertOneUpload();
    }

    @ParameterizedTest
    @MethodSource("endless")
    void givesUpWhenAnswersNeverEnd(Fault endless) throws Exception {
        giveUpSoon();
        server.always("PATCH", endless);

        failsWith(UploadException.class);
    }

    static Stream<Fault> endless() {
        Answer failure = Answer.of(503);
        return Stream.of(
                Faults.endlessHead("A: " + "b".repeat(1000), Duration.ZERO),
                Faults.endlessHead("A: b", Duration.ofMillis(20)),
                Faults.endlessBody(failure, 8000, Duration.ZERO),
                Faults.endlessBody(failure, 1, Duration.ofMillis(20)));
    }

    @Test
    void stopsAtOnceWhenCancelledInASilence() throws Exception {
        use(settings().stallTimeout(Duration.ofMinutes(1)));
        server.always("PATCH", Faults.silence());
        Upload upload = uploadFile();
        await().until(() -> server.count("PATCH") == 1);

        upload.cancel();

        failsWith(UploadCancelledException.class, upload);
    }

    @Test
    void pausesAtOnceInASilenceAndGoesOn() throws Exception {
        use(settings().stallTimeout(Duration.ofMinutes(1)));
        server.once("PATCH", Faults.silenceInBody(3));
        Upload upload = uploadFile();
        await().until(() -> server.count("PATCH") == 1);

        upload.pause();
        await().until(() -> upload.progress().state() == UploadState.PAUSED);
        upload.resume();

        arrives(upload);
        assertOneUpload();
    }
}
