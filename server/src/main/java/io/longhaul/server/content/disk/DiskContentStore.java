package io.longhaul.server.content.disk;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes of each upload in a file of its own, {@code ab/<id>} under a root directory.
 * Thread-safe; one process at a time may use a root. An append that waits for bytes holds no
 * descriptor.
 */
public final class DiskContentStore implements ContentStore {

    private final ContentFiles files;
    private final FreeSpace space;

    /**
     * Opens the store, and makes the root directory when it is not there.
     *
     * @param reserve bytes of the disk that are kept free for others: the catalog, the log
     * @throws IOException when the root can't be made or used
     */
    public DiskContentStore(Path root, Durability durability, long reserve) throws IOException {
        files = new ContentFiles(root, durability);
        space = new FreeSpace(Files.getFileStore(files.root()), reserve);
    }

    @Override
    public ContentAppend append(UploadId id, ContentPlace place) throws IOException {
        long offset = place.offset();
        long length = files.length(id);
        ContentFiles.requireLength(id, length, offset);
        if (length > offset) {
            files.cut(id, offset);
        }
        return new DiskContentAppend(files, space, id, offset);
    }

    @Override
    public boolean readable(ContentReference reference) {
        return true;
    }

    @Override
    public ContentReference assemble(ContentReference reference) {
        return reference;
    }

    @Override
    public void read(ContentReference reference, long position, long count, ContentSink sink)
            throws IOException {
        if (count == 0) {
            return;
        }
        UploadId id = named(reference);
        try (FileChannel file = files.read(id, Math.addExact(position, count))) {
            FileReading.read(file, position, count, sink);
        }
    }

    private static UploadId named(ContentReference reference) throws ContentLostException {
        return UploadId.parse(reference.value())
                .orElseThrow(
                        () ->
                                new ContentLostException(
                                        "the record names content of another store"));
    }

    @Override
    public void delete(UploadId id, @Nullable ContentReference reference) throws IOException {
        Files.deleteIfExists(files.of(id));
    }

    @Override
    public int deleteOrphans(Instant unchangedSince, ContentClaims claims) throws IOException {
        return new OrphanSweep(files, unchangedSince, claims).run();
    }

    @Override
    public OptionalLong usableBytes() {
        try {
            return OptionalLong.of(space.usable());
        } catch (IOException _) {
            return OptionalLong.empty(); // the disk does not say
        }
    }
}
