package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.testing.Answer;
import io.longhaul.client.testing.Faults;
import io.longhaul.client.testing.MemoryUpload;
import io.tus.java.client.TusURLMemoryStore;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.channels.ByteArraySeekableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, at any byte of either direction. */
class ResetTests extends AgainstScriptedServer {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arrivesAfterAResetAtAnyByteThatIsSent(boolean stream) throws Exception {
        use(quick());
        upload(stream, "first");
        long before = server.bytesReceived();
        upload(stream, "measured");
        long conversation = server.bytesReceived() - before;

        for (int at = 0; at <= conversation; at++) {
            server.resetAfterReceiving(server.bytesReceived() + at);
            upload(stream, "reset after %d bytes".formatted(at));
        }

        assertThat(conversation).isBetween(300L, 5000L);
        assertThat(server.uploads()).hasSize((int) conversation + 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arrivesAfterAResetAtAnyByteThatIsAnswered(boolean stream) throws Exception {
        use(quick());
        upload(stream, "first");
        long before = server.bytesSent();
        upload(stream, "measured");
        long conversation = server.bytesSent() - before;

        for (int at = 0; at <= conversation; at++) {
            server.resetAfterSending(server.bytesSent() + at);
            upload(stream, "reset after %d bytes".formatted(at));
        }

        assertThat(conversation).isBetween(150L, 5000L);
        assertThat(server.uploads()).hasSize((int) conversation + 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "HEAD"})
    void arrivesAfterAnAnswerThatEndsAtAnyByte(String method) throws Exception {
        use(quick());
        for (int at = 0; at < 150; at++) {
            // A HEAD is sent when something has gone wrong before.
            server.once("PATCH", Faults.resetBeforeAnswer())
                    .once(method, Faults.truncatedAnswer(at));
            upload(false, "cut after %d bytes".formatted(at));
        }
        assertThat(server.uploads()).hasSize(150);
    }

    @Test
    void resumingAfterACutCostsOneRoundTrip() throws Exception {
        use(settings().chunkSize(LENGTH));
        server.once("PATCH", Faults.resetInBody(7));

        arrives();

        assertThat(server.count("POST")).isEqualTo(1);
        assertThat(server.count("HEAD")).isEqualTo(1);
        assertThat(server.count("PATCH")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void arrivesWhenAnswersAreLostAgainAndAgain(String method) throws Exception {
        server.times(5, method, Faults.resetBeforeAnswer());

        arrives();

        assertOneUpload();
    }

    @Test
    void arrivesWhenEachRequestGetsOneByteThrough() throws Exception {
        server.always("PATCH", Faults.resetInBody(1));

        arrives();

        assertThat(server.count("PATCH")).isEqualTo(LENGTH);
    }

    @Test
    void arrivesByAStreamWhenEachRequestGetsOneByteThrough() throws Exception {
        server.always("PATCH", Faults.resetInBody(1));

        arrives(uploadStream());
    }

    @Test
    void arrivesWhenEachAnswerIsTheLastOfItsConnection() throws Exception {
        server.always(Faults.answerThenClose());

        arrives();

        assertOneUpload();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void givesUpWhenEveryConnectionBreaks(String method) throws Exception {
        giveUpSoon();
        server.always(method, exchange -> exchange.reset());
        long began = System.nanoTime();

        failsWith(RetriesExhaustedException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(SOON.dividedBy(2), SOON.multipliedBy(5));
    }

    @Test
    void givesUpWhenNobodyListens() throws Exception {
        giveUpSoon();
        server.close();

        failsWith(RetriesExhaustedException.class);
    }

    @Test
    void goesOnFromWhatIsThereAfterItGaveUp() throws Exception {
        giveUpSoon();
        server.once("PATCH", Faults.resetInBody(7)).always("HEAD", exchange -> exchange.reset());
        failsWith(RetriesExhaustedException.class);
        assertThat(remembered()).hasSize(1);

        server.behave();

        assertThat(arrives().sent()).isEqualTo(LENGTH - 7);
        assertOneUpload();
        assertThat(remembered()).isEmpty();
    }

    @Test
    void arrivesWhenADamagedBodyIsRefused() throws Exception {
        use(settings().checksums(Checksums.REQUIRED));
        server.times(2, "PATCH", Faults.refusal(Answer.of(460)));

        arrives();

        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("PATCH"))
                .allMatch(request -> request.header("Upload-Checksum").isPresent());
    }

    /** For many uploads: resets are seen at once, so that only the waits between count. */
    private UploadClient.Builder quick() {
        return settings()
                .store(new TusURLMemoryStore())
                .retryPolicy(
                        new RetryPolicy(
                                Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(5)))
                .stallTimeout(Duration.ofSeconds(5));
    }

    private void upload(boolean stream, String name) throws Exception {
        Upload upload =
                stream
                        ? client.upload(new ByteArrayInputStream(content), Map.of())
                        : client.upload(
                                UploadSource.channel(
                                        name,
                                        LENGTH,
                                        () -> ByteArraySeekableByteChannel.wrap(content)),
                                Map.of());
        CompletedUpload completed;
        try {
            completed = upload.result().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(name, e);
        }
        MemoryUpload last = server.uploads().get(server.uploads().size() - 1);
        assertThat(completed.url().getPath()).as(name).isEqualTo(last.path());
        assertThat(Arrays.equals(last.content(), content)).as(name).isTrue();
        assertThat(last.isComplete()).as(name).isTrue();
        assertThat(last.receivedAgain()).as(name).isZero();
    }
}
