package io.longhaul.server.app;

import io.longhaul.server.content.disk.DiskContentStore;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.content.ContentStore;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bytes on the disk of this machine, and records beside them or in a database. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "longhaul.content", havingValue = "disk", matchIfMissing = true)
class DiskConfiguration {

    @Bean
    DataDirectory dataDirectory(LonghaulProperties properties) {
        return DataDirectory.open(properties.dataDirectory());
    }

    @Bean
    UploadCatalog storedCatalog(DataDirectory directory, LonghaulProperties properties)
            throws IOException {
        return switch (properties.catalog()) {
            case SQLITE -> CatalogOpening.sqlite(directory, properties);
            case POSTGRESQL -> CatalogOpening.postgresql(new DirectoryHome(directory), properties);
            case S3 -> throw new IllegalStateException("refused with the settings");
        };
    }

    @Bean
    ContentStore storedContent(DataDirectory directory, LonghaulProperties properties)
            throws IOException {
        return new DiskContentStore(
                directory.path().resolve("content"),
                properties.durability(),
                properties.diskReserve().toBytes());
    }

    @Bean
    StoreLocation storeLocation(DataDirectory directory, LonghaulProperties properties) {
        return new DirectoryLocation(directory, properties.durability());
    }
}
