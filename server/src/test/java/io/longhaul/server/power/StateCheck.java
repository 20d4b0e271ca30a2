package io.longhaul.server.power;

import io.longhaul.server.app.DataDirectory;
import io.longhaul.server.catalog.jdbc.SqliteUploadCatalog;
import io.longhaul.server.content.disk.DiskContentStore;
import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.event.UploadListeners;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.core.upload.UploadState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens what a power cut left as the server does, and holds it against what had been told. */
final class StateCheck {

    private static final UploadLimits LIMITS =
            new UploadLimits(
                    OptionalLong.empty(), Duration.ofDays(7), Duration.ZERO, Duration.ofDays(1), 0);

    private final Recording recording;
    private final int line;

    StateCheck(Recording recording, int line) {
        this.recording = recording;
        this.line = line;
    }

    /**
     * Checks a directory that the data directory is in.
     *
     * @throws AssertionError when something that was told is not so
     */
    void check(Path disk) throws IOException {
        try (DataDirectory directory = DataDirectory.open(disk.resolve("data"));
                // Recovery is the same, and what it does need not be durable here.
                SqliteUploadCatalog catalog =
                        new SqliteUploadCatalog(
                                directory.path().resolve("catalog.db"), Durability.PROCESS_CRASH)) {
            DiskContentStore content =
                    new DiskContentStore(
                            directory.path().resolve("content"), Durability.PROCESS_CRASH, 0);
            UploadListeners nobody = new UploadListeners(List.of());
            Uploads uploads =
                    new Uploads(
                            catalog,
                            content,
                            new Holders(HolderTiming.DEFAULT, nobody),
                            LIMITS,
                            nobody,
                            InstantSource.system());
            List<OutboxEntry> outbox = catalog.outbox(Integer.MAX_VALUE);
            checkEvents(uploads, outbox);
            for (SentUpload sent : recording.uploads()) {
                check(sent, uploads, announced(outbox));
            }
        }
    }

    /** The outbox tells of complete uploads only. */
    private static void checkEvents(Uploads uploads, List<OutboxEntry> outbox) throws IOException {
        for (OutboxEntry entry : outbox) {
            Optional<Upload> upload = uploads.find(entry.event().id());
            require(
                    upload.isPresent() && upload.get().state() != UploadState.RECEIVING,
                    "%s is to be told of %s".formatted(entry, upload));
        }
    }

    private static Set<UploadId> announced(List<OutboxEntry> outbox) {
        return outbox.stream()
                .map(OutboxEntry::event)
                .filter(UploadEvent.Completed.class::isInstance)
                .map(UploadEvent::id)
                .collect(Collectors.toSet());
    }

    private void check(SentUpload sent, Uploads uploads, Set<UploadId> announced)
            throws IOException {
        long told = sent.offset(recording.wire(), line);
        Optional<Upload> found = uploads.find(sent.id());
        require(
                told < 0 || found.isPresent(),
                "%s is forgotten, told at %d in one of %s".formatted(sent, told, sent.claims()));
        if (found.isEmpty()) {
            return;
        }
        Upload upload = found.get();
        if (upload.state().gone()) {
            require(
                    upload.state() == UploadState.TERMINATED
                            && sent.mayBeGone(recording.wire(), line),
                    "%s is %s".formatted(sent, upload.state()));
            return;
        }
        require(!sent.gone(recording.wire(), line), sent + " is there again");
        require(
                upload.offset() >= told,
                "%s is at %d, told %d in one of %s"
                        .formatted(sent, upload.offset(), told, sent.claims()));
        checkContent(sent, upload, uploads);
        if (told == sent.length()) {
            checkComplete(sent, upload, announced);
        }
    }

    private static void checkContent(SentUpload sent, Upload upload, Uploads uploads)
            throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        uploads.read(
                upload,
                0,
                upload.offset(),
                bytes -> {
                    byte[] piece = new byte[bytes.remaining()];
                    bytes.get(piece);
                    content.writeBytes(piece);
                });
        byte[] expected = Arrays.copyOf(sent.content(), Math.toIntExact(upload.offset()));
        int differs = Arrays.mismatch(content.toByteArray(), expected);
        require(
                differs < 0,
                "%s at %d differs from byte %d".formatted(sent, upload.offset(), differs));
    }

    private void checkComplete(SentUpload sent, Upload upload, Set<UploadId> announced) {
        require(upload.state() == UploadState.COMPLETE, "%s is %s".formatted(sent, upload.state()));
        require(
                announced.contains(sent.id())
                        || recording.wire().delivered(sent.id().value(), line),
                sent + " is complete, and nobody will be told");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
