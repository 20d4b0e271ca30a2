package io.longhaul.server.app;

import io.longhaul.server.content.s3.S3ContentStore;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Links;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bytes in an S3-compatible store, and records beside them or in a database. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "longhaul.content", havingValue = "s3")
class S3Configuration {

    @Bean
    S3Bucket bucket(LonghaulProperties properties) {
        return BucketOpening.open(properties);
    }

    @Bean
    UploadCatalog storedCatalog(S3Bucket bucket, LonghaulProperties properties) throws IOException {
        return switch (properties.catalog()) {
            case S3 -> CatalogOpening.s3(new BucketHome(bucket), bucket, InstantSource.system());
            case POSTGRESQL -> CatalogOpening.postgresql(new BucketHome(bucket), properties);
            case SQLITE -> throw new IllegalStateException("refused with the settings");
        };
    }

    /** None when downloads go through the server. */
    @Bean
    @ConditionalOnProperty(name = "longhaul.s3.downloads", havingValue = "presigned")
    S3Links links(LonghaulProperties properties) {
        return properties.s3().links();
    }

    @Bean
    ContentStore storedContent(
            S3Bucket bucket, LonghaulProperties properties, ObjectProvider<S3Links> links) {
        return new S3ContentStore(
                bucket, properties.s3().memory().toBytes(), links.getIfAvailable());
    }

    @Bean
    StoreLocation storeLocation(S3Bucket bucket, LonghaulProperties properties) {
        return () ->
                "Uploads in %s, records in %s"
                        .formatted(
                                bucket,
                                properties.catalog() == LonghaulProperties.Catalog.S3
                                        ? "the same bucket"
                                        : "PostgreSQL");
    }
}
