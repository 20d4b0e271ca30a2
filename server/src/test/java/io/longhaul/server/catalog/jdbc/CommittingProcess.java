package io.longhaul.server.catalog.jdbc;

import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/** Changes records until it is killed, and prints every id and offset once it is acknowledged. */
final class CommittingProcess {

    /** How the lines that count begin. */
    static final String ACKNOWLEDGED = "acknowledged";

    private static final int WRITERS = 8;

    private CommittingProcess() {}

    public static void main(String[] arguments) throws IOException {
        SqliteUploadCatalog catalog =
                new SqliteUploadCatalog(Path.of(arguments[0]), Durability.valueOf(arguments[1]));
        FileOutputStream output = new FileOutputStream(FileDescriptor.out);
        for (int i = 0; i < WRITERS; i++) {
            Thread.ofPlatform().start(() -> advance(catalog, output));
        }
    }

    private static void advance(SqliteUploadCatalog catalog, FileOutputStream output) {
        try {
            Upload newest =
                    catalog.create(
                            Upload.receiving(
                                    UploadId.random(), "", OptionalLong.empty(), Instant.EPOCH));
            while (true) {
                Upload changed = newest.change().offset(newest.offset() + 1).done();
                newest = catalog.replace(changed, newest.version()).orElseThrow();
                acknowledge(newest, output);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the test cannot go on", e);
        }
    }

    /** One write per line, so that lines of several threads do not mix and none is held back. */
    private static void acknowledge(Upload upload, FileOutputStream output) throws IOException {
        String line = "%s %s %d\n".formatted(ACKNOWLEDGED, upload.id(), upload.offset());
        output.write(line.getBytes(StandardCharsets.US_ASCII));
    }
}
