package io.longhaul.server.app;

import io.longhaul.server.catalog.jdbc.PostgresqlAddress;
import io.longhaul.server.catalog.jdbc.PostgresqlUploadCatalog;
import io.longhaul.server.catalog.jdbc.SqliteUploadCatalog;
import io.longhaul.server.catalog.s3.S3UploadCatalog;
import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens the catalog that knows the content in the data directory or the bucket. With another one it
 * would have no records, and what has no record is deleted some day.
 */
final class CatalogOpening {

    private CatalogOpening() {}

    static SqliteUploadCatalog sqlite(DataDirectory directory, LonghaulProperties properties)
            throws IOException {
        ContentHome home = new DirectoryHome(directory);
        refuseDatabase(home, "sqlite");
        return new SqliteUploadCatalog(
                directory.path().resolve(DirectoryHome.SQLITE_FILE), properties.durability());
    }

    static S3UploadCatalog s3(ContentHome home, S3Bucket bucket, InstantSource clock)
            throws IOException {
        refuseDatabase(home, "s3");
        return new S3UploadCatalog(bucket, BucketMode.of(bucket), clock);
    }

    private static void refuseDatabase(ContentHome home, String catalog) throws IOException {
        if (home.kept().isPresent()) {
            throw new StartupException(
                    "The records of the uploads in %s are in PostgreSQL, and longhaul.catalog is %s."
                            .formatted(home.place(), catalog),
                    "Set longhaul.catalog=postgresql and longhaul.postgresql.url, or %s."
                            .formatted(home.remedy()));
        }
    }

    static PostgresqlUploadCatalog postgresql(ContentHome home, LonghaulProperties properties)
            throws IOException {
        home.refuseOwnCatalog();
        PostgresqlAddress address = address(properties.postgresql());
        PostgresqlUploadCatalog catalog = connect(address, properties);
        try {
            settle(home, catalog, address);
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

    /** Makes the catalog that of this content, when it is nobody's; refuses another's. */
    private static void settle(
            ContentHome content, PostgresqlUploadCatalog catalog, PostgresqlAddress address)
            throws IOException {
        Optional<String> there = catalog.contentHome();
        if (there.isEmpty() && !content.hasContent()) {
            if (content.kept().isEmpty()) {
                content.keep(UUID.randomUUID().toString());
            }
            catalog.knowContentHome(content.kept().orElseThrow());
            there = catalog.contentHome();
        }
        if (there.isEmpty() || !there.equals(content.kept())) {
            throw new StartupException(
                    "The catalog %s is not the one of the uploads in %s."
                            .formatted(address, content.place()),
                    "Set longhaul.postgresql.url to the database that belongs to them, or set it to"
                            + " a new one and %s.".formatted(content.remedy()));
        }
    }
}
