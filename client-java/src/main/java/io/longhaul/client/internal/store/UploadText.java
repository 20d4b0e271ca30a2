package io.longhaul.client.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhaul.client.StoredUpload;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The text that a stored upload is kept as, in UTF-8: a line with the version, properties, and a
 * line with the digest of everything before it, so that a cut or changed text is known for one.
 */
final class UploadText {

    private static final String VERSION = "longhaul-upload 1\n";
    private static final String DIGEST = "sha-256 ";
    private static final String NOTE = "note.";

    private UploadText() {}

    static byte[] write(StoredUpload upload) {
        Properties properties = new Properties();
        upload.notes().forEach((key, value) -> properties.setProperty(NOTE + key, value));
        properties.setProperty("endpoint", upload.endpoint().toString());
        properties.setProperty("fingerprint", upload.fingerprint());
        properties.setProperty("url", upload.url().toString());
        properties.setProperty("stored", upload.stored().toString());
        return signed(VERSION + lines(properties)).getBytes(UTF_8);
    }

    /** Empty when this is not the whole of what {@link #write} gave. */
    static Optional<StoredUpload> read(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        int end = text.lastIndexOf(DIGEST);
        if (end < 0 || !text.startsWith(VERSION) || !text.equals(signed(text.substring(0, end)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(upload(properties(text.substring(VERSION.length(), end))));
        } catch (IllegalArgumentException | DateTimeException foreign) {
            // Whole, but not written here.
            return Optional.empty();
        }
    }

    private static String signed(String text) {
        return text + DIGEST + Sha256.hex(text) + "\n";
    }

    /** One line each, sorted; without the comment with the date that Properties begins with. */
    private static String lines(Properties properties) {
        StringWriter out = new StringWriter();
        try {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static Properties properties(String lines) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static StoredUpload upload(Properties properties) {
        return new StoredUpload(
                URI.create(value(properties, "endpoint")),
                value(properties, "fingerprint"),
                URI.create(value(properties, "url")),
                Instant.parse(value(properties, "stored")),
                notes(properties));
    }

    private static Map<String, String> notes(Properties properties) {
        return properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(NOTE))
                .collect(
                        Collectors.toUnmodifiableMap(
                                key -> key.substring(NOTE.length()),
                                key -> value(properties, key)));
    }

    private static String value(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }
}
