package io.longhaul.server.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A creation with bytes makes an upload that somebody knows, or nothing. */
@Timeout(60)
final class CreationWithBytesTests {

    private final ServiceInMemory service = new ServiceInMemory();

    private String create(Append first) {
        return UploadWorld.outcome(
                () -> service.uploads.create(ServiceInMemory.creation(6, null), first));
    }

    private List<Upload> records() {
        return service.catalog.due(Instant.MAX, 10);
    }

    private void assertNothingStays() {
        assertThat(records()).isEmpty();
        assertThat(service.contents.count()).isZero();
        assertThat(service.catalog.outbox(10)).isEmpty();
    }

    @Test
    void wrongDigestLeavesNothing() {
        Append first = ServiceInMemory.mismatching(ServiceInMemory.append(0, "abc"), "abc");

        assertThat(create(first)).isEqualTo("checksum-mismatch");
        assertNothingStays();
    }

    @Test
    void cutLeavesNothing() {
        ScriptedBody body = ScriptedBody.ofLength(6).bytes(ServiceInMemory.bytes("abc")).cut();

        assertThat(create(ServiceInMemory.append(0, body))).isEqualTo("body-cut");
        assertNothingStays();
    }

    @Test
    void cutBehindTheLastByteLeavesNothingAndTellsOfNoCompletion() {
        ScriptedBody body = ScriptedBody.chunked().bytes(ServiceInMemory.bytes("abcdef")).cut();

        assertThat(create(ServiceInMemory.append(0, body))).isEqualTo("body-cut");
        assertNothingStays();
    }

    @Test
    void tooManyBytesLeaveNothing() {
        ScriptedBody body =
                ScriptedBody.chunked()
                        .bytes(ServiceInMemory.bytes("abcdef"))
                        .bytes(ServiceInMemory.bytes("g"))
                        .end();

        assertThat(create(ServiceInMemory.append(0, body))).isEqualTo("length-exceeded");
        assertNothingStays();
    }

    @Test
    void fullStoreLeavesNothing() {
        service.store.fullAfter(2);

        assertThat(create(ServiceInMemory.append(0, "abc"))).isEqualTo("storage-full");
        assertNothingStays();
    }

    @Test
    void cutAfterACheckpointLeavesNothing() {
        Appender appender =
                service.appender(new Checkpoints(2, Duration.ofDays(1), 0, Duration.ofDays(1)));
        Upload draft = Upload.receiving(UploadId.random(), "", OptionalLong.of(6), Instant.now());
        ScriptedBody body = ScriptedBody.ofLength(6).bytes(ServiceInMemory.bytes("abc")).cut();

        String outcome =
                UploadWorld.outcome(
                        () -> appender.appendFirst(draft, ServiceInMemory.append(0, body)));

        assertThat(outcome).isEqualTo("body-cut");
        assertNothingStays();
    }

    @Test
    void cutOfOneWithAKeyKeepsWhatArrived() throws IOException {
        Creation creation = ServiceInMemory.creation(6, "key");
        ScriptedBody cut = ScriptedBody.ofLength(6).bytes(ServiceInMemory.bytes("abc")).cut();
        ScriptedBody unread = ScriptedBody.of(ServiceInMemory.bytes("abcdef"));

        String outcome =
                UploadWorld.outcome(
                        () -> service.uploads.create(creation, ServiceInMemory.append(0, cut)));
        Upload again = service.uploads.create(creation, ServiceInMemory.append(0, unread));

        assertThat(outcome).isEqualTo("body-cut");
        assertThat(again.offset()).isEqualTo(3);
        assertThat(unread.read()).isZero();
        assertThat(records()).hasSize(1);
    }
}
