package io.longhaul.server.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.upload.DigestAlgorithm;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CheckpointTests {

    private static final Duration NEVER = Duration.ofDays(1);

    private final ServiceInMemory service = new ServiceInMemory();
    private final ScriptedBody body = ScriptedBody.chunked();

    private static Checkpoints checkpoints(long bytes, Duration interval) {
        return new Checkpoints(bytes, interval, 0, NEVER);
    }

    private CompletableFuture<String> start(UploadId id, Checkpoints when, Append request) {
        Appender appender = service.appender(when);
        return ServiceInMemory.start(() -> appender.append(id, request));
    }

    private long offsetWhileOpen(Checkpoints when, String... pieces)
            throws IOException, InterruptedException {
        UploadId id = service.created(100);
        for (String piece : pieces) {
            body.bytes(ServiceInMemory.bytes(piece));
        }
        var outcome = start(id, when, ServiceInMemory.append(0, body));
        body.awaitStalled();
        long offset = service.record(id).offset();
        body.end();
        assertThat(outcome.join()).isEqualTo("ok");
        return offset;
    }

    @Test
    void commitsAsSoonAsEnoughBytesHaveArrived() throws Exception {
        assertThat(offsetWhileOpen(checkpoints(4, NEVER), "ab", "cd", "e")).isEqualTo(4);
    }

    @Test
    void commitsNothingBefore() throws Exception {
        assertThat(offsetWhileOpen(checkpoints(4, NEVER), "ab", "c")).isZero();
    }

    @Test
    void commitsWhenTimeHasPassed() throws Exception {
        assertThat(offsetWhileOpen(checkpoints(100, Duration.ZERO), "ab", "c")).isEqualTo(3);
    }

    @Test
    void commitsWhenTimeHasPassedAndNothingMoreArrives() throws Exception {
        UploadId id = service.created(100);
        body.bytes(ServiceInMemory.bytes("abc"));
        var outcome =
                start(id, checkpoints(100, Duration.ofSeconds(2)), ServiceInMemory.append(0, body));

        body.awaitStalled();
        await().until(() -> service.record(id).offset() == 3);

        body.end();
        assertThat(outcome.join()).isEqualTo("ok");
    }

    @Test
    void fewBytesWaitLonger() throws Exception {
        var patient = new Checkpoints(100, Duration.ZERO, 3, NEVER);
        assertThat(offsetWhileOpen(patient, "ab", "c")).isZero();
        assertThat(patient.due(3, Duration.ofHours(1))).isFalse();
        assertThat(patient.due(3, NEVER)).isTrue();
        assertThat(patient.due(4, Duration.ZERO)).isTrue();
        assertThat(patient.many(99)).isFalse();
        assertThat(patient.many(100)).isTrue();
    }

    @Test
    void moreThanAFewDoNotWaitLonger() throws Exception {
        var patient = new Checkpoints(100, Duration.ZERO, 3, NEVER);
        assertThat(offsetWhileOpen(patient, "ab", "cd", "e")).isEqualTo(4);
    }

    @Test
    void appendsThatBeginTogetherAreCommittedAtDifferentTimes() {
        var all = new Checkpoints(100, Duration.ZERO, 10, Duration.ofSeconds(30));
        List<Duration> waits = Stream.generate(() -> all.spread().patience(1)).limit(1000).toList();

        assertThat(waits)
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(15)) >= 0)
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(30)) <= 0);
        for (int second = 15; second < 30; second++) {
            int from = second;
            assertThat(waits).filteredOn(wait -> wait.toSeconds() == from).hasSizeBetween(20, 150);
        }
        assertThat(all.spread().patience(11)).isZero();
    }

    @Test
    void commitsNothingUnderAChecksum() throws Exception {
        UploadId id = service.created(100);
        byte[] bytes = ServiceInMemory.bytes("abc");
        Append request =
                new Append(
                        0,
                        OptionalLong.empty(),
                        ScriptedVerification.of(DigestAlgorithm.CRC32C, bytes, false),
                        Optional.empty(),
                        body.bytes(bytes));
        var outcome = start(id, checkpoints(1, Duration.ZERO), request);
        body.awaitStalled();

        assertThat(service.record(id).offset()).isZero();

        body.end();
        assertThat(outcome.join()).isEqualTo("ok");
        assertThat(service.record(id).offset()).isEqualTo(3);
    }
}
