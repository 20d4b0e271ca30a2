package io.longhaul.server.content.s3;

import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Object;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Objects with the ETags of parts, one on a line. */
final class Manifest {

    /** How many it has; a record has less than twice as many. */
    static final int ETAGS = 128;

    private Manifest() {}

    static S3Body body(List<String> etags) {
        return S3Body.of(String.join("\n", etags).getBytes(StandardCharsets.UTF_8));
    }

    /** The ETags of all parts, in order; empty when a manifest is not there any more. */
    static Optional<List<String>> etags(S3Bucket bucket, S3Content.Multipart multipart)
            throws IOException {
        List<String> etags = new ArrayList<>();
        for (String key : multipart.manifests()) {
            Optional<S3Object> manifest = bucket.get(key);
            if (manifest.isEmpty()) {
                return Optional.empty();
            }
            etags.addAll(
                    new String(manifest.get().bytes(), StandardCharsets.UTF_8).lines().toList());
        }
        etags.addAll(multipart.etags());
        return Optional.of(etags);
    }
}
