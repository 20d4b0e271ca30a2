package io.longhaul.server.core.upload;

/**
 * Where a content store keeps the bytes of one upload, in that store's own words. It is stored in
 * the upload's record and means nothing to anybody else.
 */
public record ContentReference(String value) {}
