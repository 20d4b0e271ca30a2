package io.longhaul.server.core.catalog;

import io.longhaul.server.core.event.UploadEvent;

/**
 * An event that is to be delivered at least once.
 *
 * @param name names it when it is delivered again; no other entry ever has it
 */
public record OutboxEntry(String name, UploadEvent event) {}
