package io.longhaul.server.s3;

import java.time.Instant;

/**
 * An object as a list shows it.
 *
 * @param key without the prefix of the address
 * @param etag names its bytes; without quotes
 * @param length in bytes
 */
public record S3Entry(String key, String etag, Instant modified, long length) {}
