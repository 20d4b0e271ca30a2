package io.longhaul.server.testing;

import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What servers in tests keep uploads in: the disk, or by a system property the S3 for tests. */
final class TestStore {

    static final String PROPERTY = "test.store";

    private static final String CREATE_ONLY = "s3-create-only";
    private static final String STORE = System.getProperty(PROPERTY, "disk");

    private TestStore() {}

    /** Started with the first server that needs it, and there for all others. */
    private static final class Shared {
        private static final FakeS3 S3 = start();

        private static FakeS3 start() {
            try {
                return FakeS3.start(
                        CREATE_ONLY.equals(STORE) ? S3Rules.STRICT.createOnly() : S3Rules.STRICT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The settings of a server that finds again what one of the same data directory has kept. */
    static List<String> settings(Path dataDir) {
        if (STORE.equals("disk")) {
            return List.of();
        }
        List<String> settings = new ArrayList<>(Shared.S3.settings());
        settings.add("longhaul.s3.prefix=%s/".formatted(dataDir.getFileName()));
        return settings;
    }
}
