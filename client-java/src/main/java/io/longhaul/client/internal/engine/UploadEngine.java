package io.longhaul.client.internal.engine;

import io.longhaul.client.Upload;
import io.longhaul.client.internal.source.Content;
import java.util.Map;

/** Placeholder. */
public final class UploadEngine {
    public UploadEngine(ClientSettings settings) {
        this.settings = settings;
    }

    private final ClientSettings settings;

    public Upload start(Content content, Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            throw new IllegalStateException("" + settings);
        }
        throw new IllegalArgumentException("" + content);
    }

    public void close() {}
}
