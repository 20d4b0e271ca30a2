package io.longhaul.server.core.catalog;

import io.longhaul.server.core.event.UploadEvent;

/**
 * An event that is to be delivered at least once.
 *
 * @param number grows with every entry, and names it when it is delivered again
 */
public record OutboxEntry(long number, UploadEvent event) {}
