package io.longhaul.server.core.upload;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an upload: 128 random bits as 32 lower-case hexadecimal digits. Whoever knows it may
 * use the upload, so it is unguessable; it is safe in URLs and in file names as it stands.
 */
public record UploadId(String value) {

    private static final int RANDOM_BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public UploadId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an upload id: 32 hexadecimal digits expected");
        }
    }

    /** A new id that nobody can guess. */
    public static UploadId random() {
        byte[] bits = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bits);
        return new UploadId(HexFormat.of().formatHex(bits));
    }

    /** The id that the text names, or empty when no upload can have that name. */
    public static Optional<UploadId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new UploadId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
