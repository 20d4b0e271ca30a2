package io.longhaul.server.app;

import io.longhaul.server.catalog.s3.S3UploadCatalog;
import io.longhaul.server.content.s3.S3ContentStore;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3Object;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Content in a bucket, for any number of servers. */
record BucketHome(S3Bucket bucket) implements ContentHome {

    private static final String HOME = "longhaul-content";

    @Override
    public Optional<String> kept() throws IOException {
        return bucket.get(HOME)
                .map(S3Object::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }

    @Override
    public void keep(String name) throws IOException {
        try {
            bucket.put(HOME, name.getBytes(StandardCharsets.UTF_8), S3Condition.ABSENT);
        } catch (S3RefusedException e) {
            if (!e.conditionFailed()) {
                throw e;
            }
        }
    }

    @Override
    public boolean hasContent() throws IOException {
        return S3ContentStore.hasContent(bucket);
    }

    @Override
    public void refuseOwnCatalog() throws IOException {
        if (S3UploadCatalog.hasRecords(bucket)) {
            throw new StartupException(
                    "The records of the uploads in %s are there as well, and longhaul.catalog is"
                                    .formatted(place())
                            + " postgresql.",
                    "Set longhaul.catalog=s3, or %s.".formatted(remedy()));
        }
    }

    @Override
    public String place() {
        return bucket.toString();
    }

    @Override
    public String remedy() {
        return "set longhaul.s3.bucket or longhaul.s3.prefix to a new one";
    }
}
