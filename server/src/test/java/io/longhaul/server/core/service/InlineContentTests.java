package io.longhaul.server.core.service;

import static io.longhaul.server.core.service.ServiceInMemory.append;
import static io.longhaul.server.core.service.ServiceInMemory.bytes;
import static io.longhaul.server.core.service.ServiceInMemory.creation;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.DigestAlgorithm;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.core.upload.UploadState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small uploads that arrive in one request are stored with their records. */
@Timeout(60)
final class InlineContentTests {

    private static final int SIZE = 10;

    private final ServiceInMemory service = new ServiceInMemory(SIZE);

    private UploadId upload(String text) throws IOException {
        UploadId id = service.created(text.length());
        service.uploads.append(id, append(0, text));
        return id;
    }

    private String download(UploadId id, long position, long count) throws IOException {
        var read = new ByteArrayOutputStream();
        service.uploads.read(
                service.uploads.complete(id),
                position,
                count,
                bytes -> read.writeBytes(copy(bytes)));
        return read.toString(US_ASCII);
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private boolean inline(UploadId id) {
        boolean inline = service.record(id).content() instanceof UploadContent.Inline;
        assertThat(service.contents.count()).isEqualTo(inline ? 0 : 1);
        return inline;
    }

    @Test
    void keepsASmallUploadInItsRecord() throws IOException {
        UploadId id = upload("0123456789");

        assertThat(inline(id)).isTrue();
        assertThat(service.record(id).state()).isEqualTo(UploadState.COMPLETE);
        assertThat(download(id, 0, 10)).isEqualTo("0123456789");
        assertThat(download(id, 3, 4)).isEqualTo("3456");
    }

    @Test
    void keepsASmallUploadThatIsCreatedWithItsBytes() throws IOException {
        Upload upload = service.uploads.create(creation(3, null), append(0, "abc"));

        assertThat(inline(upload.id())).isTrue();
        assertThat(download(upload.id(), 0, 3)).isEqualTo("abc");
    }

    @Test
    void keepsOneWhoseLengthComesWithItsBytes() throws IOException {
        UploadId id =
                service.uploads
                        .create(
                                new Creation(
                                        "",
                                        OptionalLong.empty(),
                                        UploadMetadata.NONE,
                                        Concatenation.NONE,
                                        null))
                        .id();
        service.uploads.append(
                id,
                new Append(
                        0,
                        OptionalLong.of(3),
                        Verification.NONE,
                        Optional.empty(),
                        ScriptedBody.of(bytes("abc"))));

        assertThat(inline(id)).isTrue();
        assertThat(download(id, 0, 3)).isEqualTo("abc");
    }

    @Test
    void anAppendOfNothingLeavesTheBytesInTheRecord() throws IOException {
        UploadId id = upload("abc");
        ScriptedBody body = ScriptedBody.chunked();
        body.wake();
        service.uploads.append(id, append(3, body.bytes(bytes("")).end()));

        assertThat(inline(id)).isTrue();
        assertThat(UploadWorld.outcome(() -> service.uploads.append(id, append(3, "d"))))
                .isEqualTo("length-exceeded");
        assertThat(download(id, 0, 3)).isEqualTo("abc");
    }

    @Test
    void storesAnUploadThatIsLonger() throws IOException {
        assertThat(inline(upload("0123456789a"))).isFalse();
    }

    @Test
    void storesAnUploadThatComesInTwoRequests() throws IOException {
        UploadId id = service.created(6);
        service.uploads.append(id, append(0, "abc"));
        assertThat(inline(id)).isFalse();

        service.uploads.append(id, append(3, "def"));
        assertThat(inline(id)).isFalse();
        assertThat(download(id, 0, 6)).isEqualTo("abcdef");
    }

    @Test
    void storesWhatWasHeldWhenTheBodyIsCut() throws IOException {
        UploadId id = service.created(6);
        ScriptedBody body = ScriptedBody.ofLength(6).bytes(bytes("abc")).cut();
        assertThat(UploadWorld.outcome(() -> service.uploads.append(id, append(0, body))))
                .isEqualTo("body-cut");

        assertThat(service.record(id).offset()).isEqualTo(3);
        assertThat(inline(id)).isFalse();
        service.uploads.append(id, append(3, "def"));
        assertThat(download(id, 0, 6)).isEqualTo("abcdef");
    }

    @Test
    void keepsWhatFitsWhenTheStoreIsFull() throws IOException {
        UploadId id = service.created(6);
        service.store.fullAfter(2);
        assertThat(UploadWorld.outcome(() -> service.uploads.append(id, append(0, "abc"))))
                .isEqualTo("storage-full");
        assertThat(service.record(id).offset()).isEqualTo(2);

        service.uploads.append(service.created(6), append(0, "abcdef"));
        service.store.makeRoom();
        service.uploads.append(id, append(2, "cdef"));
        assertThat(download(id, 0, 6)).isEqualTo("abcdef");
    }

    @Test
    void storesWhatWasHeldWhenNothingMoreArrives() throws Exception {
        UploadId id = service.created(6);
        ScriptedBody body = ScriptedBody.ofLength(6).bytes(bytes("abc"));
        CompletableFuture<String> ended =
                ServiceInMemory.start(() -> service.uploads.append(id, append(0, body)));
        body.awaitStalled();
        body.wake();
        body.bytes(bytes("def")).end();

        assertThat(ended.get()).isEqualTo("ok");
        assertThat(inline(id)).isFalse();
        assertThat(download(id, 0, 6)).isEqualTo("abcdef");
    }

    @Test
    void storesUploadsWhenTooMuchIsHeldAlready() {
        InlineContent inline = new InlineContent(InlineContent.ROOM);
        ByteBuffer half = inline.take(InlineContent.ROOM / 2).orElseThrow();
        assertThat(inline.take(InlineContent.ROOM / 2 + 1)).isEmpty();

        inline.release(half);
        assertThat(inline.take(InlineContent.ROOM)).isPresent();
        assertThat(inline.take(1)).isEmpty();
    }

    @Test
    void givesRoomBackHoweverAnAppendEnds() throws IOException {
        var inline = new InlineContent(InlineContent.ROOM);
        long length = InlineContent.ROOM;
        Upload upload =
                Upload.receiving(UploadId.random(), "", OptionalLong.of(length), Instant.EPOCH);
        for (int i = 0; i < 3; i++) {
            ScriptedBody body = ScriptedBody.ofLength(length);
            try (Intake intake = Intake.open(service.store, inline, upload, length, body)) {
                intake.write(ByteBuffer.allocate(100));
                assertThat(inline.take(1)).isEmpty();
                if (i == 1) {
                    intake.idle();
                } else if (i == 2) {
                    intake.write(ByteBuffer.allocate((int) length - 100));
                    assertThat(intake.flush()).isInstanceOf(UploadContent.Inline.class);
                }
            }
            inline.release(inline.take(length).orElseThrow());
        }
    }

    @Test
    void verifiesWhatItHolds() throws IOException {
        for (boolean behind : List.of(false, true)) {
            UploadId id = service.created(3);
            assertThat(verified(id, digest("abd", behind))).isEqualTo("checksum-mismatch");
            assertThat(service.record(id).offset()).isZero();
            assertThat(service.contents.count()).isZero();

            assertThat(verified(id, digest("abc", behind))).isEqualTo("ok");
            assertThat(inline(id)).isTrue();
        }
    }

    private static Verification digest(String text, boolean behind) {
        return ScriptedVerification.of(DigestAlgorithm.SHA1, bytes(text), behind);
    }

    private String verified(UploadId id, Verification verification) {
        ScriptedBody body = ScriptedBody.of(bytes("abc"));
        return UploadWorld.outcome(
                () ->
                        service.uploads.append(
                                id,
                                new Append(
                                        0,
                                        OptionalLong.empty(),
                                        verification,
                                        Optional.empty(),
                                        body)));
    }

    @Test
    void terminationFreesTheRecord() throws IOException {
        UploadId id = upload("abc");
        service.uploads.terminate(id);

        assertThat(service.record(id).state()).isEqualTo(UploadState.TERMINATED);
        assertThat(service.record(id).content()).isNull();
    }

    @Test
    void aFinalUploadIsReadThroughPartsOfBothKinds() throws IOException {
        UploadId small = partial("abc");
        UploadId large = partial("0123456789ab");
        Upload joined =
                service.uploads.create(
                        new Creation(
                                "",
                                OptionalLong.empty(),
                                UploadMetadata.NONE,
                                new Concatenation.Final(List.of(small, large, small), ""),
                                null));
        service.uploads.terminate(small);

        assertThat(service.record(small).content()).isInstanceOf(UploadContent.Inline.class);
        assertThat(download(joined.id(), 2, 14)).isEqualTo("c0123456789aba");
        service.uploads.terminate(joined.id());
        assertThat(service.record(small).content()).isNull();
    }

    private UploadId partial(String text) throws IOException {
        return service.uploads
                .create(
                        new Creation(
                                "",
                                OptionalLong.of(text.length()),
                                UploadMetadata.NONE,
                                new Concatenation.Partial(List.of()),
                                null),
                        append(0, text))
                .id();
    }

    @Test
    void contentThatAnEarlierAppendLeftBehindIsAnOrphan() throws IOException {
        UploadId id = service.created(3);
        service.contents.zeros(id, 2);
        service.uploads.append(id, append(0, "abc"));
        assertThat(service.record(id).content()).isInstanceOf(UploadContent.Inline.class);

        assertThat(service.uploads.deleteOrphans(Duration.ofDays(-1))).isEqualTo(1);
        assertThat(inline(id)).isTrue();
        assertThat(download(id, 0, 3)).isEqualTo("abc");
    }
}
