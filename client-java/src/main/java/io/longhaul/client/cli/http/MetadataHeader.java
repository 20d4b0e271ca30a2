package io.longhaul.client.cli.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The header Upload-Metadata (tus 1.0.0, Creation). */
public final class MetadataHeader {

    private MetadataHeader() {}

    public static String encode(String key, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return key + " " + Base64.getEncoder().encodeToString(bytes);
    }

    /** Keys and values in their order; a value that is no Base64 stays as it is. */
    public static Map<String, String> decode(String header) {
        var metadata = new LinkedHashMap<String, String>();
        for (String pair : header.split(",", -1)) {
            String[] words = pair.strip().split("\\s+", 2);
            if (!words[0].isEmpty()) {
                metadata.put(words[0], words.length < 2 ? "" : value(words[1]));
            }
        }
        return metadata;
    }

    private static String value(String text) {
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
