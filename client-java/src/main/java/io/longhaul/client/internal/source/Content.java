package io.longhaul.client.internal.source;

import io.longhaul.client.UploadSource;

/** Placeholder. */
public interface Content extends UploadSource {}
