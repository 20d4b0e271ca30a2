package io.longhaul.server.core.service;

import io.longhaul.server.catalog.jdbc.SqliteUploadCatalog;
import io.longhaul.server.content.disk.DiskContentStore;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.testing.FaultyContentStore;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The service on its real stores, with a clock that stands still until it is moved. */
final class UploadWorld implements Closeable {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** Whoever waits for its client counts as stalled at once. */
    private static final HolderTiming EAGER = new HolderTiming(Duration.ZERO, LONG, LONG, LONG);

    private final Path directory;
    private final int inlineSize;

    /** Ahead of the real time, so that every file looks old to the sweep of orphans. */
    private final AtomicReference<Instant> clock =
            new AtomicReference<>(
                    Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS));

    private SqliteUploadCatalog catalog;
    private FaultyContentStore store;
    private Uploads uploads;

    /** One whose uploads are all in the content store. */
    UploadWorld(Path directory) throws IOException {
        this(directory, 0);
    }

    /** One that keeps small uploads in their records. */
    UploadWorld(Path directory, int inlineSize) throws IOException {
        this.directory = directory;
        this.inlineSize = inlineSize;
        catalog = openCatalog();
        store = openStore();
        uploads = service();
    }

    /** Something a client asks for. */
    interface Request {
        void run() throws IOException;
    }

    /** How a request ends: "ok", the code of its refusal, or "failed". */
    static String outcome(Request request) {
        try {
            request.run();
            return "ok";
        } catch (UploadException e) {
            return e.code();
        } catch (IOException _) {
            return "failed";
        }
    }

    Uploads uploads() {
        return uploads;
    }

    int inlineSize() {
        return inlineSize;
    }

    SqliteUploadCatalog catalog() {
        return catalog;
    }

    FaultyContentStore store() {
        return store;
    }

    Instant now() {
        return clock.get();
    }

    void pass(Duration time) {
        clock.updateAndGet(now -> now.plus(time));
    }

    /** Opens everything anew on what is on the disk. */
    void restart() throws IOException {
        catalog.close();
        catalog = openCatalog();
        store = openStore();
        uploads = service();
    }

    /** Puts bytes behind those that count, as a crash between write and commit does. */
    void litter(UploadId id, long offset, byte[] bytes) throws IOException {
        Path file = content(id);
        Files.createDirectories(file.resolve("..").normalize());
        try (var channel =
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(offset).write(ByteBuffer.wrap(bytes));
        }
    }

    /** The first bytes of an upload, as the store has them. */
    byte[] bytes(Upload upload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (upload.content()) {
            case UploadContent.Stored(ContentReference reference) ->
                    store.read(reference, 0, upload.offset(), piece -> copy(piece, bytes));
            case UploadContent.Inline inline -> copy(inline.bytes(), bytes);
            case null -> {}
        }
        return bytes.toByteArray();
    }

    /** A complete upload's bytes, as a client gets them. */
    byte[] download(UploadId id) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Upload upload = uploads.complete(id);
        uploads.read(upload, 0, upload.offset(), piece -> copy(piece, bytes));
        return bytes.toByteArray();
    }

    /** How many bytes an upload's content takes, in its record or on the disk. */
    long space(UploadId id) throws IOException {
        Upload upload = catalog.find(id).orElseThrow();
        if (upload.content() instanceof UploadContent.Inline(ByteBuffer bytes)) {
            return bytes.remaining();
        }
        return Files.size(content(id));
    }

    /** How many uploads have a file. */
    long files() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("content"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Override
    public void close() {
        catalog.close();
    }

    private static void copy(ByteBuffer piece, ByteArrayOutputStream target) {
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        target.writeBytes(copy);
    }

    private Path content(UploadId id) {
        String name = id.value();
        return directory.resolve("content").resolve(name.substring(0, 2)).resolve(name);
    }

    private SqliteUploadCatalog openCatalog() throws IOException {
        return new SqliteUploadCatalog(directory.resolve("catalog.db"), Durability.PROCESS_CRASH);
    }

    private FaultyContentStore openStore() throws IOException {
        return new FaultyContentStore(
                new DiskContentStore(directory.resolve("content"), Durability.PROCESS_CRASH, 0));
    }

    private Uploads service() {
        UploadListener nobody = new UploadListener() {};
        InstantSource time = clock::get;
        UploadLimits limits =
                new UploadLimits(
                        OptionalLong.empty(),
                        ModelUpload.LIFE,
                        Duration.ZERO,
                        ModelUpload.LIFE,
                        inlineSize);
        return new Uploads(catalog, store, new Holders(EAGER, nobody), limits, nobody, time);
    }
}
