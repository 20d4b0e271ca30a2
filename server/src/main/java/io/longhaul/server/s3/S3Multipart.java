package io.longhaul.server.s3;

import java.time.Instant;

/**
 * A multipart upload under way, as a list shows it.
 *
 * @param key without the prefix of the address
 */
public record S3Multipart(String key, String uploadId, Instant initiated) {}
