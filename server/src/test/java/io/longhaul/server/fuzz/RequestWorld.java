package io.longhaul.server.fuzz;

import io.longhaul.server.catalog.jdbc.SqliteUploadCatalog;
import io.longhaul.server.content.disk.DiskContentStore;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.protocol.http.HttpReply;
import io.longhaul.server.protocol.http.UploadUrls;
import io.longhaul.server.protocol.tus.TusProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.commons.io.FileUtils;

/** The protocol on its real stores, in a directory that goes with the process. */
final class RequestWorld {

    static final int MAX_SIZE = 1000;
    static final Duration LIFE = Duration.ofHours(1);

    private static final RequestWorld ONLY = open();

    private final Uploads uploads;
    private final TusProtocol protocol;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    private RequestWorld(SqliteUploadCatalog catalog, DiskContentStore store) {
        UploadListener nobody = new UploadListener() {};
        UploadLimits limits =
                new UploadLimits(OptionalLong.of(MAX_SIZE), LIFE, Duration.ZERO, LIFE, 16);
        Holders holders = new Holders(HolderTiming.DEFAULT, nobody);
        uploads = new Uploads(catalog, store, holders, limits, nobody, () -> now);
        protocol = new TusProtocol(uploads, new UploadUrls(null));
    }

    /** The same for all inputs: an upload of one has nothing to do with those of another. */
    static RequestWorld only() {
        return ONLY;
    }

    private static RequestWorld open() {
        try {
            Path directory = Files.createTempDirectory("longhaul-fuzz");
            SqliteUploadCatalog catalog =
                    new SqliteUploadCatalog(
                            directory.resolve("catalog.db"), Durability.PROCESS_CRASH);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(
                                    () -> {
                                        catalog.close();
                                        FileUtils.deleteQuietly(directory.toFile());
                                    }));
            return new RequestWorld(
                    catalog,
                    new DiskContentStore(
                            directory.resolve("content"), Durability.PROCESS_CRASH, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reply to a request, which is one that the documents know. */
    HttpReply ask(FuzzRequest request) throws IOException {
        HttpReply reply = protocol.handle(request);
        Documented.check(reply);
        return reply;
    }

    void pass(Duration time) throws IOException {
        now = now.plus(time);
        uploads.sweep(1000);
    }

    /** A complete upload's bytes, as a client gets them. */
    byte[] download(UploadId id) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Upload upload = uploads.complete(id);
        uploads.read(
                upload,
                0,
                Objects.requireNonNull(upload.length()),
                piece -> {
                    while (piece.hasRemaining()) {
                        bytes.write(piece.get());
                    }
                });
        return bytes.toByteArray();
    }
}
