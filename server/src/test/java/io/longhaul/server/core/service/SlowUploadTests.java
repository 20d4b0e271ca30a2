package io.longhaul.server.core.service;

import static io.longhaul.server.core.service.ServiceInMemory.append;
import static io.longhaul.server.core.service.ServiceInMemory.bytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.upload.DigestAlgorithm;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes little by little is gathered, and stored together. */
@Timeout(60)
final class SlowUploadTests {

    private static final long LENGTH = 1 << 20;

    private final ServiceInMemory service = new ServiceInMemory();
    private final HeldBytes memory = new HeldBytes(0);
    private final ScriptedBody body = ScriptedBody.chunked();

    private Intake open(UploadId id) throws IOException {
        return Intake.open(service.store, memory, service.record(id), LENGTH, body);
    }

    private static void write(Intake intake, String text) throws IOException {
        intake.write(ByteBuffer.wrap(bytes(text)));
    }

    private String stored(Intake intake, int count) throws IOException {
        var read = new ByteArrayOutputStream();
        UploadContent content = intake.flush();
        assertThat(content).isInstanceOf(UploadContent.Stored.class);
        service.store.read(
                ((UploadContent.Stored) content).reference(),
                0,
                count,
                bytes -> read.writeBytes(US_ASCII.decode(bytes).toString().getBytes(US_ASCII)));
        return read.toString(US_ASCII);
    }

    /** An intake that has had a pause; the next write that reaches the store fails. */
    private Intake rested(UploadId id, String first) throws IOException {
        Intake intake = open(id);
        write(intake, first);
        assertThat(intake.resting()).isFalse();
        intake.idle();
        assertThat(intake.resting()).isTrue();
        service.store.failNextWrite(new IOException("the store was written to"));
        return intake;
    }

    @Test
    void whatComesAfterAPauseIsStoredWithTheCommit() throws IOException {
        try (Intake intake = rested(service.created(LENGTH), "abc")) {
            write(intake, "de");
            write(intake, "f");
            intake.idle();
            assertThat(intake.resting()).isTrue();
            assertThat(intake.offset()).isEqualTo(6);

            service.store.failNoWrite();
            assertThat(stored(intake, 6)).isEqualTo("abcdef");
            assertThat(intake.resting()).isFalse();
        }
    }

    @Test
    void whatFindsNoPlaceWithTheRestIsStoredBehindIt() throws IOException {
        String large = "x".repeat(HeldBytes.SOME);
        try (Intake intake = rested(service.created(LENGTH), "abc")) {
            write(intake, "de");

            service.store.failNoWrite();
            write(intake, large);
            write(intake, "f");

            assertThat(intake.resting()).isFalse();
            assertThat(stored(intake, 6 + large.length())).isEqualTo("abcde" + large + "f");
        }
    }

    @Test
    void withoutRoomAllIsStoredAtOnce() throws IOException {
        while (memory.takeSome().isPresent()) {
            // until there is no more
        }
        try (Intake intake = rested(service.created(LENGTH), "abc")) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> write(intake, "d"));
        }
    }

    @Test
    void roomIsGivenBackHoweverAnAppendEnds() throws IOException {
        List<ByteBuffer> rest = fill();
        memory.releaseSome(rest.getFirst());
        for (int i = 0; i < 3; i++) {
            try (Intake intake = rested(service.created(LENGTH), "abc")) {
                write(intake, "de");
                assertThat(memory.takeSome()).isEmpty();
                service.store.failNoWrite();
                if (i == 1) {
                    intake.flush();
                } else if (i == 2) {
                    intake.ended();
                }
            }
            memory.releaseSome(memory.takeSome().orElseThrow());
        }
    }

    private List<ByteBuffer> fill() {
        return Stream.generate(memory::takeSome)
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .toList();
    }

    @Test
    void whatFitsIsKeptWhenTheStoreIsFull() throws IOException {
        try (Intake intake = rested(service.created(LENGTH), "abc")) {
            write(intake, "def");
            service.store.failNoWrite();
            service.store.fullAfter(2);

            assertThatExceptionOfType(StorageFullException.class).isThrownBy(intake::ended);

            assertThat(intake.offset()).isEqualTo(5);
            assertThat(stored(intake, 5)).isEqualTo("abcde");
        }
    }

    @Test
    void aReaderOfTheOffsetSeesWhatWasGathered() throws Exception {
        UploadId id = service.created(LENGTH);
        CompletableFuture<String> outcome = slowly(id, append(0, body));

        service.holders.freshen(id);
        assertThat(service.record(id).offset()).isEqualTo(4);

        body.bytes(bytes("e")).end();
        assertThat(outcome.join()).isEqualTo("ok");
        assertThat(service.record(id).offset()).isEqualTo(5);
    }

    @Test
    void whatWasGatheredIsKeptWhenTheBodyIsCut() throws Exception {
        UploadId id = service.created(LENGTH);
        CompletableFuture<String> outcome = slowly(id, append(0, body));

        body.cut();

        assertThat(outcome.join()).isEqualTo("body-cut");
        assertThat(service.record(id).offset()).isEqualTo(4);
    }

    @Test
    void whatWasGatheredIsVerified() throws Exception {
        for (boolean behind : List.of(false, true)) {
            for (String said : List.of("abcd", "abce")) {
                UploadId id = service.created(LENGTH);
                ScriptedBody body = ScriptedBody.chunked();
                Append append =
                        new Append(
                                0,
                                OptionalLong.empty(),
                                ScriptedVerification.of(DigestAlgorithm.SHA1, bytes(said), behind),
                                Optional.empty(),
                                body);
                body.bytes(bytes("abc"));
                body.wake();
                body.bytes(bytes("d")).end();
                String outcome = UploadWorld.outcome(() -> service.uploads.append(id, append));

                boolean right = said.equals("abcd");
                assertThat(outcome).isEqualTo(right ? "ok" : "checksum-mismatch");
                assertThat(service.record(id).offset()).isEqualTo(right ? 4 : 0);
            }
        }
    }

    /** An append of three bytes, a pause and one more, that goes on. */
    private CompletableFuture<String> slowly(UploadId id, Append append) throws Exception {
        body.bytes(bytes("abc"));
        body.wake();
        body.bytes(bytes("d"));
        var outcome = ServiceInMemory.start(() -> service.uploads.append(id, append));
        body.awaitStalled();
        return outcome;
    }

    @Test
    void appendsThatBeginTogetherAreCommittedAtDifferentTimes() {
        Checkpoints all = new Checkpoints(100, Duration.ZERO, 10, Duration.ofSeconds(30));
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
}
