package io.longhaul.server.s3;

import java.util.List;

/**
 * A page of a list.
 *
 * @param more whether there are objects behind the last one
 */
public record S3Page(List<S3Entry> entries, boolean more) {}
