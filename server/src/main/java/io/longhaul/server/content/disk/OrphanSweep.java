package io.longhaul.server.content.disk;

import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * One walk over all shards that deletes the files of unknown uploads. It holds one directory's
 * names at a time at most, and leaves alone whatever the store would not have put there.
 */
final class OrphanSweep {

    private static final String SHARD = "[0-9a-f][0-9a-f]";

    private final ContentFiles files;
    private final Instant unchangedSince;
    private final ContentClaims claims;

    OrphanSweep(ContentFiles files, Instant unchangedSince, ContentClaims claims) {
        this.files = files;
        this.unchangedSince = unchangedSince;
        this.claims = claims;
    }

    int run() throws IOException {
        int deleted = 0;
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(files.root(), SHARD)) {
            for (Path shard : shards) {
                deleted += sweepShard(shard);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return deleted;
    }

    private int sweepShard(Path shard) throws IOException {
        int deleted = 0;
        if (Files.isDirectory(shard, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> contents = Files.newDirectoryStream(shard)) {
                for (Path file : contents) {
                    deleted += isOrphan(file) && Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        }
        return deleted;
    }

    private boolean isOrphan(Path file) throws IOException {
        Optional<UploadId> id = UploadId.parse(String.valueOf(file.getFileName()));
        return id.isPresent()
                && file.equals(files.of(id.get()))
                && isOldFile(file)
                && claims.of(id.get()) instanceof ContentClaims.Nothing;
    }

    private boolean isOldFile(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    && attributes.lastModifiedTime().toInstant().isBefore(unchangedSince);
        } catch (NoSuchFileException _) {
            return false; // deleted since it was listed
        }
    }
}
