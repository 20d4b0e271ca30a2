package io.longhaul.server.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every catalog keeps: each field of a record and of an event. */
public abstract class UploadCatalogRecordsContract {

    protected static final Instant NOW = Instant.parse("2026-11-21T10:15:30.123Z");

    protected UploadCatalog catalog;

    /** An empty catalog; called once per test. */
    protected abstract UploadCatalog open() throws IOException;

    @BeforeEach
    void openCatalog() throws IOException {
        catalog = open();
    }

    protected static Upload upload() {
        return Upload.receiving(UploadId.random(), "", OptionalLong.of(1_000), NOW);
    }

    static List<UploadEvent> everyKindOfEvent() {
        UploadId id = UploadId.random();
        return List.of(
                new UploadEvent.Created(id, NOW),
                new UploadEvent.Completed(id, NOW, Long.MAX_VALUE),
                new UploadEvent.Completed(id, NOW, 0),
                new UploadEvent.Terminated(id, NOW),
                new UploadEvent.Expired(id, NOW));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfEvent")
    void keepsEveryKindOfEvent(UploadEvent event) throws IOException {
        catalog.create(upload(), event);

        assertThat(events(10)).containsExactly(event);
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryState(UploadState state) throws IOException {
        keeps(upload().change().state(state).done());
    }

    static List<Concatenation> everyKindOfConcatenation() {
        UploadId one = UploadId.random();
        UploadId other = UploadId.random();
        String received = "final;" + "https://example.org/files/%s ".formatted(one).repeat(400);
        return List.of(
                Concatenation.NONE,
                Concatenation.PARTIAL,
                new Concatenation.Partial(List.of(one)),
                new Concatenation.Partial(List.of(other, one)),
                new Concatenation.Final(List.of(one, other, one, one), received),
                new Concatenation.Final(List.of(), "final;"));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfConcatenation")
    void keepsEveryKindOfConcatenation(Concatenation concatenation) throws IOException {
        keeps(upload().change().concatenation(concatenation).done());
    }

    @Test
    void keepsWhatIsNull() throws IOException {
        Upload deferred = Upload.receiving(UploadId.random(), "", OptionalLong.empty(), NOW);
        assertThat(deferred)
                .extracting(Upload::length, Upload::content, Upload::expiresAt, Upload::creationKey)
                .containsOnlyNulls();

        keeps(deferred);
    }

    @Test
    void keepsEveryField() throws IOException {
        keeps(
                new Upload(
                        UploadId.random(),
                        "Zoë O'Neil; DROP TABLE upload",
                        UploadState.RECEIVING,
                        Long.MAX_VALUE - 1,
                        Long.MAX_VALUE,
                        new UploadMetadata("name " + "QUJD".repeat(3_600)),
                        Concatenation.NONE,
                        "Zoë/key\n'1'",
                        new UploadContent.Stored(new ContentReference("ab/cd/ü")),
                        NOW,
                        NOW.plusMillis(1),
                        NOW.plusMillis(2),
                        0,
                        Long.MAX_VALUE,
                        "http://10.0.0.7:8080"));
    }

    @Test
    void keepsBytesInTheRecordUntilTheyAreTakenOut() throws IOException {
        byte[] bytes = new byte[65_536];
        new Random(1).nextBytes(bytes);
        Upload inline =
                upload().change().content(new UploadContent.Inline(ByteBuffer.wrap(bytes))).done();
        keeps(inline);

        Upload stored = catalog.find(inline.id()).orElseThrow();
        Upload without = stored.change().content(null).done();
        assertThat(catalog.replace(without, stored.version())).isPresent();
        assertThat(catalog.find(inline.id()).orElseThrow().content()).isNull();
    }

    /** Both ways of storing a record give back every field of it. */
    private void keeps(Upload upload) throws IOException {
        Upload created = catalog.create(upload);
        assertThat(created).isEqualTo(upload.change().version(1).done());
        assertThat(catalog.find(upload.id())).contains(created);

        Upload plain = Upload.receiving(UploadId.random(), "x", OptionalLong.empty(), NOW);
        catalog.remove(upload.id(), 1);
        catalog.create(
                new Upload(
                        upload.id(),
                        plain.owner(),
                        plain.state(),
                        0,
                        null,
                        plain.metadata(),
                        plain.concatenation(),
                        null,
                        null,
                        plain.createdAt(),
                        plain.updatedAt(),
                        null,
                        0,
                        0,
                        null));
        assertThat(catalog.replace(upload, 1)).contains(upload.change().version(2).done());
        assertThat(catalog.find(upload.id())).contains(upload.change().version(2).done());
    }

    @Test
    void cutsInstantsToTheMillisecond() throws IOException {
        Instant fine = NOW.plusNanos(999_999);
        Upload upload = Upload.receiving(UploadId.random(), "", OptionalLong.of(1), fine);
        Upload expected = Upload.receiving(upload.id(), "", OptionalLong.of(1), NOW);

        Upload created =
                catalog.create(
                        upload.change().expiresAt(fine).done(),
                        new UploadEvent.Created(upload.id(), fine));

        assertThat(created).isEqualTo(expected.change().expiresAt(NOW).version(1).done());
        assertThat(catalog.find(upload.id())).contains(created);
        assertThat(replaced(created.change().updatedAt(fine).done()).updatedAt()).isEqualTo(NOW);
        assertThat(events(10)).containsExactly(new UploadEvent.Created(upload.id(), NOW));
    }

    final Upload replaced(Upload changed) throws IOException {
        return catalog.replace(changed, changed.version()).orElseThrow();
    }

    protected final List<UploadEvent> events(int limit) throws IOException {
        return catalog.outbox(limit).stream().map(OutboxEntry::event).toList();
    }
}
