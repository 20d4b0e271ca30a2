package io.longhaul.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Content in a data directory. */
record DirectoryHome(DataDirectory directory) implements ContentHome {

    static final String SQLITE_FILE = "catalog.db";

    private static final String HOME = "longhaul-content";

    @Override
    public Optional<String> kept() throws IOException {
        return directory.kept(HOME);
    }

    @Override
    public void keep(String name) throws IOException {
        directory.keep(HOME, name);
    }

    @Override
    public boolean hasContent() throws IOException {
        Path content = directory.path().resolve("content");
        if (!Files.isDirectory(content)) {
            return false;
        }
        try (Stream<Path> shards = Files.list(content)) {
            return shards.findAny().isPresent();
        }
    }

    @Override
    public void refuseOwnCatalog() {
        if (Files.exists(directory.path().resolve(SQLITE_FILE))) {
            throw new StartupException(
                    "The records of the uploads in %s are in its %s, and longhaul.catalog is"
                                    .formatted(place(), SQLITE_FILE)
                            + " postgresql.",
                    "Set longhaul.catalog=sqlite, or %s.".formatted(remedy()));
        }
    }

    @Override
    public String place() {
        return directory.path().toString();
    }

    @Override
    public String remedy() {
        return "set longhaul.data-dir to a new directory";
    }
}
