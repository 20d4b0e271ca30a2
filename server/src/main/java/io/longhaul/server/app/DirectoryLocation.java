package io.longhaul.server.app;

import io.longhaul.server.core.upload.Durability;
import java.io.IOException;
import java.util.Locale;
import org.apache.commons.io.FileUtils;

/** The data directory, and how much it can still take. */
record DirectoryLocation(DataDirectory directory, Durability durability) implements StoreLocation {

    @Override
    public String text() {
        return "Data directory %s with %s free, durability %s"
                .formatted(
                        directory.path(),
                        free(),
                        durability.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private String free() {
        try {
            return FileUtils.byteCountToDisplaySize(directory.usableBytes());
        } catch (IOException e) {
            return "unknown space (%s)".formatted(e.getMessage());
        }
    }
}
