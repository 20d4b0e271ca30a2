package io.longhaul.server.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The content files in a data directory, by upload id. */
record StoredContent(Map<String, Path> files) {

    /** After which the server takes a file that nobody names for an orphan, and some more. */
    private static final Duration AGE = Duration.ofDays(2);

    static StoredContent of(Path dataDir) throws IOException {
        Path root = dataDir.resolve("content");
        Map<String, Path> files = new TreeMap<>();
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(Files::isRegularFile)
                        .forEach(file -> files.put(file.getFileName().toString(), file));
            }
        }
        return new StoredContent(files);
    }

    /** No record's offset is beyond its bytes. */
    void check(StoredUpload upload, StoredCatalog catalog) throws IOException {
        if (upload.isFinal()) {
            checkParts(upload, catalog);
        } else if (upload.live() && upload.offset() > 0) {
            checkLength(upload);
        }
    }

    private void checkParts(StoredUpload upload, StoredCatalog catalog) throws IOException {
        if (!upload.complete()) {
            return;
        }
        long length = 0;
        for (String id : upload.related()) {
            StoredUpload part = catalog.uploads().get(id);
            if (part == null || !part.whole() || !part.related().contains(upload.id())) {
                throw new AssertionError("%s has not its part %s".formatted(upload, part));
            }
            checkLength(part);
            length += part.offset();
        }
        if (length != upload.offset()) {
            throw new AssertionError("%s has %d bytes".formatted(upload, length));
        }
    }

    private void checkLength(StoredUpload upload) throws IOException {
        ByteBuffer inline = upload.inline();
        Path file = files.get(upload.id());
        long length = file == null ? 0 : Files.size(file);
        if (inline != null ? inline.remaining() != upload.offset() : length < upload.offset()) {
            throw new AssertionError("%s has %d bytes on disk".formatted(upload, length));
        }
        if (upload.hasContent() == (inline != null)) {
            throw new AssertionError("%s has its bytes in no place or in two".formatted(upload));
        }
    }

    /** What is there up to the offset is what the client sent. */
    void compare(StoredUpload upload, Bytes sent) throws IOException {
        ByteBuffer inline = upload.inline();
        Path file = files.get(upload.id());
        if (upload.offset() == 0 || (file == null && inline == null)) {
            return;
        }
        try (InputStream in =
                inline == null
                        ? Files.newInputStream(file)
                        : new ByteArrayInputStream(copy(inline))) {
            if (!Arrays.equals(Bytes.sha256(in, upload.offset()), sent.sha256(upload.offset()))) {
                throw new AssertionError("%s has other bytes than were sent".formatted(upload));
            }
        }
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /** The files that no record needs: what kills left between a write and its commit. */
    List<Path> orphans(StoredCatalog catalog) {
        return files.entrySet().stream()
                .filter(file -> !catalog.namesFile(file.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Lets time pass, so that the server's next start finds orphans old enough. */
    void age() throws IOException {
        FileTime then = FileTime.from(Instant.now().minus(AGE));
        for (Path file : files.values()) {
            Files.setLastModifiedTime(file, then);
        }
    }
}
