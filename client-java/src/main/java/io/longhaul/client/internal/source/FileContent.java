package io.longhaul.client.internal.source;

import io.longhaul.client.SourceChangedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file, which must stay as it was when it was looked at first. */
final class FileContent implements Content {

    /** What a change of the file shows in. */
    record Look(long length, FileTime modified) {
        @Override
        public String toString() {
            return length + " bytes of " + modified;
        }
    }

    private final Path file;
    private @Nullable Look first;

    FileContent(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public Optional<String> fingerprint() throws IOException {
        Look look = look();
        try (FileChannel channel = FileChannel.open(file)) {
            return Optional.of(Fingerprint.of(file, look, channel));
        }
    }

    @Override
    public Map<String, String> notes() {
        return Map.of("path", file.toString());
    }

    @Override
    public OpenContent open(boolean mapped) throws IOException {
        long length = look().length();
        return new SeekableContent(FileChannel.open(file), length, this::look, mapped);
    }

    @Override
    public void release() {
        // Holds nothing.
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** Looks at the file, and compares with the first look. */
    private synchronized Look look() throws IOException {
        Look now = lookNow();
        if (first == null) {
            first = now;
        }
        if (!now.equals(first)) {
            throw new SourceChangedException(
                    file + " changed during the upload: it was " + first + ", it is " + now);
        }
        return now;
    }

    private Look lookNow() throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new SourceChangedException(file + " is not a file");
            }
            return new Look(attributes.size(), attributes.lastModifiedTime());
        } catch (NoSuchFileException e) {
            boolean dangling = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            throw new SourceChangedException(
                    file + (dangling ? " is a link to nothing" : " does not exist"), e);
        }
    }
}
