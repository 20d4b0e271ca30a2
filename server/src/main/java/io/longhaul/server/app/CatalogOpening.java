package io.longhaul.server.app;

import io.longhaul.server.catalog.jdbc.PostgresqlAddress;
import io.longhaul.server.catalog.jdbc.PostgresqlUploadCatalog;
import io.longhaul.server.catalog.jdbc.SqliteUploadCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Opens the catalog that knows the content of the data directory. With another one the content
 * would have no records, and what has no record is deleted some day.
 */
final class CatalogOpening {

    private static final String SQLITE_FILE = "catalog.db";

    /** Names the content, in a data directory whose catalog is elsewhere. */
    private static final String HOME = "longhaul-content";

    private static final String OTHER_DIRECTORY = "set longhaul.data-dir to a new directory.";

    private CatalogOpening() {}

    static SqliteUploadCatalog sqlite(DataDirectory directory, LonghaulProperties properties)
            throws IOException {
        if (directory.kept(HOME).isPresent()) {
            throw new StartupException(
                    "The records of the uploads in %s are in PostgreSQL, and longhaul.catalog is"
                                    .formatted(directory.path())
                            + " sqlite.",
                    "Set longhaul.catalog=postgresql and longhaul.postgresql.url, or "
                            + OTHER_DIRECTORY);
        }
        return new SqliteUploadCatalog(
                directory.path().resolve(SQLITE_FILE), properties.durability());
    }

    static PostgresqlUploadCatalog postgresql(
            DataDirectory directory, LonghaulProperties properties) throws IOException {
        if (Files.exists(directory.path().resolve(SQLITE_FILE))) {
            throw new StartupException(
                    "The records of the uploads in %s are in its %s, and longhaul.catalog is"
                                    .formatted(directory.path(), SQLITE_FILE)
                            + " postgresql.",
                    "Set longhaul.catalog=sqlite, or " + OTHER_DIRECTORY);
        }
        PostgresqlAddress address = address(properties.postgresql());
        PostgresqlUploadCatalog catalog = connect(address, properties);
        try {
            settle(directory, catalog, address);
            return catalog;
        } catch (IOException | RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    private static PostgresqlAddress address(LonghaulProperties.Postgresql settings) {
        return new PostgresqlAddress(
                settings.url(), settings.username(), settings.password(), settings.connections());
    }

    private static PostgresqlUploadCatalog connect(
            PostgresqlAddress address, LonghaulProperties properties) {
        try {
            return new PostgresqlUploadCatalog(address, properties.durability());
        } catch (IOException e) {
            throw new StartupException(
                    "The catalog %s cannot be used: %s.".formatted(address, e.getMessage()),
                    "Start PostgreSQL, or correct it or the settings longhaul.postgresql.*.",
                    e);
        }
    }

    /** Makes the catalog that of this directory, when it is nobody's; refuses another's. */
    private static void settle(
            DataDirectory directory, PostgresqlUploadCatalog catalog, PostgresqlAddress address)
            throws IOException {
        Optional<String> here = directory.kept(HOME);
        Optional<String> there = catalog.contentHome();
        if (there.isEmpty() && !hasContent(directory)) {
            String home = here.orElseGet(() -> UUID.randomUUID().toString());
            if (here.isEmpty()) {
                directory.keep(HOME, home);
            }
            catalog.knowContentHome(home);
            here = Optional.of(home);
            there = catalog.contentHome();
        }
        if (there.isEmpty() || !there.equals(here)) {
            throw new StartupException(
                    "The catalog %s is not the one of the uploads in %s."
                            .formatted(address, directory.path()),
                    "Set longhaul.data-dir to the directory that belongs to it, or"
                            + " longhaul.postgresql.url to the database that belongs to the"
                            + " directory; or both to new ones.");
        }
    }

    private static boolean hasContent(DataDirectory directory) throws IOException {
        Path content = directory.path().resolve("content");
        if (!Files.isDirectory(content)) {
            return false;
        }
        try (Stream<Path> shards = Files.list(content)) {
            return shards.findAny().isPresent();
        }
    }
}
