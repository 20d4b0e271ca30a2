package io.longhaul.server.s3;

/**
 * A small object, read whole.
 *
 * @param etag names these bytes; without quotes
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by who asked for it
public record S3Object(byte[] bytes, String etag) {}
