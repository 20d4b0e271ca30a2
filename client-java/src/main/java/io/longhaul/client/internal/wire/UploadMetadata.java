package io.longhaul.client.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** The header Upload-Metadata (tus 1.0.0, Creation). */
public final class UploadMetadata {

    private UploadMetadata() {}

    /**
     * Checks keys.
     *
     * @throws IllegalArgumentException if a key is empty, has a space or a comma, or is not of
     *     visible ASCII
     */
    public static void check(Map<String, String> metadata) {
        metadata.keySet().forEach(UploadMetadata::checkKey);
    }

    static String header(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .map(UploadMetadata::pair)
                .collect(Collectors.joining(","));
    }

    private static String pair(Map.Entry<String, String> entry) {
        if (entry.getValue().isEmpty()) {
            return entry.getKey();
        }
        byte[] value = entry.getValue().getBytes(StandardCharsets.UTF_8);
        return entry.getKey() + " " + Base64.getEncoder().encodeToString(value);
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 127 && c != ',')) {
            throw new IllegalArgumentException(
                    "metadata key \""
                            + key
                            + "\": must be visible ASCII without a space or a comma, not empty");
        }
    }
}
