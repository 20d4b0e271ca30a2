package io.longhaul.server.testing.s3;

/**
 * One call as the store got it.
 *
 * @param key of the object; empty for what concerns the bucket
 * @param caller the access key that it is signed with; empty for none
 */
public record S3Call(S3Operation operation, String bucket, String key, String caller) {}
