package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.testing.Answer;
import io.longhaul.client.testing.Fault;
import io.longhaul.client.testing.Faults;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that say no: for now, for this offset, for these credentials, for this upload, for ever.
 */
class RefusalTests extends AgainstScriptedServer {

    @ParameterizedTest
    @ValueSource(ints = {408, 423, 425, 429, 500, 502, 503, 504, 520})
    void arrivesAfterManyRefusalsThatPass(int status) throws Exception {
        server.times(8, "POST", Faults.refusal(status))
                .times(8, "PATCH", Faults.refusal(status))
                .times(8, "HEAD", Faults.refusal(status));

        arrives();

        assertOneUpload();
    }

    @ParameterizedTest
    @ValueSource(ints = {423, 429, 500, 503})
    void givesUpAfterRefusalsThatDoNotPass(int status) throws Exception {
        giveUpSoon();
        server.always("PATCH", Faults.refusal(Answer.of(status).withBody("not now")));

        RetriesExhaustedException failure = failsWith(RetriesExhaustedException.class);

        assertThat(failure).hasMessageContaining("" + status).hasMessageContaining("not now");
        assertOneUpload();
        assertThat(remembered()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {423, 429, 503})
    void waitsAsLongAsTheServerAsks(int status) throws Exception {
        server.once("PATCH", Faults.refusal(Answer.of(status).with("Retry-After", 1)));
        long began = System.nanoTime();

        arrives();

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "soon", "99999999999999999999", "Wed, 25 Jun 2014 16:00:00 GMT"})
    void isNotKeptWaitingByARetryAfterThatMakesNoSense(String retryAfter) throws Exception {
        server.once("PATCH", Faults.refusal(Answer.of(503).with("Retry-After", retryAfter)));

        arrives();
    }

    @Test
    void givesUpAtOnceWhenTheServerAsksForMoreTimeThanThereIs() throws Exception {
        giveUpSoon();
        server.always("PATCH", Faults.refusal(Answer.of(503).with("Retry-After", 3600)));

        failsWith(RetriesExhaustedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "10", "999", "x"})
    void arrivesAfterConflictsWhateverOffsetTheySay(String offset) throws Exception {
        Answer conflict = Answer.of(409);
        server.times(
                3,
                "PATCH",
                Faults.refusal(
                        offset.isEmpty() ? conflict : conflict.with("Upload-Offset", offset)));

        arrives();
    }

    @Test
    void givesUpWhenConflictsDoNotEnd() throws Exception {
        giveUpSoon();
        server.always("PATCH", Faults.refusal(409));

        failsWith(RetriesExhaustedException.class);

        assertThat(server.count("PATCH")).isLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void asksForFreshCredentials(int status) throws Exception {
        server.always(Faults.refusalWithout("Authorization", "Bearer fresh", status));
        AtomicInteger refusals = new AtomicInteger();
        use(
                settings()
                        .credentials(
                                (target, refused) -> {
                                    int count =
                                            refused ? refusals.incrementAndGet() : refusals.get();
                                    String token = count > 0 ? "fresh" : "old";
                                    return Map.of("Authorization", "Bearer " + token);
                                }));

        arrives();

        assertThat(refusals).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void keepsTheUrlWhenNoCredentialsDo(int status) throws Exception {
        server.once("PATCH", Faults.none()).always("PATCH", Faults.refusal(status));

        CredentialsRefusedException failure = failsWith(CredentialsRefusedException.class);

        assertThat(failure.status()).isEqualTo(status);
        assertThat(remembered()).hasSize(1);
        server.behave();
        assertThat(arrives().sent()).isEqualTo(LENGTH - CHUNK);
        assertOneUpload();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, 400", "POST, 404", "POST, 405", "POST, 412", "POST, 413",
        "PATCH, 400", "PATCH, 412", "PATCH, 413", "PATCH, 415", "PATCH, 501"
    })
    void failsAtOnceWhenTheRequestIsWrong(String method, int status) throws Exception {
        server.always(method, Faults.refusal(Answer.of(status).withBody("because")));

        RequestRefusedException failure = failsWith(RequestRefusedException.class);

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.answer()).isEqualTo("because");
        assertThat(server.count(method)).isLessThan(20);
    }

    @Test
    void failsWhenTheServerRefusesBeforeItHasReadTheBody() throws Exception {
        server.always("PATCH", Faults.earlyRefusal(Answer.of(413)));

        assertThat(failsWith(RequestRefusedException.class).status()).isEqualTo(413);
    }

    @Test
    void endsWhenTheServerRefusesAndClosesAtOnce() throws Exception {
        giveUpSoon();
        server.always("PATCH", Faults.rudeRefusal(Answer.of(413)));

        failsWith(UploadException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void startsAgainWhenTheUploadIsGone(int status) throws Exception {
        server.once("PATCH", Faults.none()).once("PATCH", Faults.forgotten(status));

        arrives();

        assertThat(server.count("POST")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void startsAgainWhenARememberedUploadIsGone(int status) throws Exception {
        server.once("PATCH", Faults.none()).always("PATCH", Faults.refusal(400));
        failsWith(RequestRefusedException.class);
        server.behave().once("HEAD", Faults.forgotten(status));

        assertThat(arrives().sent()).isEqualTo(LENGTH);
    }

    @Test
    void neverStartsAgainBecauseTheServerFails() throws Exception {
        server.once("PATCH", Faults.none()).always("PATCH", Faults.refusal(400));
        failsWith(RequestRefusedException.class);
        server.behave().times(8, "HEAD", Faults.refusal(500));

        assertThat(arrives().sent()).isEqualTo(LENGTH - CHUNK);

        assertOneUpload();
    }

    @Test
    void givesUpWhenEveryUploadIsLost() throws Exception {
        server.always("PATCH", Faults.forgotten(404));

        failsWith(UploadLostException.class);

        assertThat(server.count("POST")).isLessThan(20);
        assertThat(remembered()).isEmpty();
    }

    @Test
    void failsWhenTheUploadOfAStreamIsLost() throws Exception {
        server.once("PATCH", Faults.none()).once("PATCH", Faults.forgotten(410));

        failsWith(UploadLostException.class, uploadStream());
    }

    @Test
    void arrivesAlthoughTheUploadExpires() throws Exception {
        Fault expired = Faults.altered(answer -> answer.with("Upload-Expires", PAST));
        server.once("POST", expired).once("PATCH", expired).once("PATCH", Faults.forgotten(404));

        arrives();

        assertThat(server.count("POST")).isEqualTo(2);
    }

    @Test
    void arrivesWhenTheExpiryMakesNoSense() throws Exception {
        server.always("POST", Faults.altered(answer -> answer.with("Upload-Expires", "tomorrow")))
                .always("PATCH", Faults.altered(answer -> answer.with("Upload-Expires", "")));

        arrives();
    }

    @Test
    void failsWhenChecksumsNeverMatch() throws Exception {
        use(settings().checksums(Checksums.REQUIRED));
        server.always("PATCH", Faults.refusal(460));

        assertThat(failsWith(RequestRefusedException.class).status()).isEqualTo(460);
    }

    private static final String PAST = "Wed, 25 Jun 2014 16:00:00 GMT";
}
