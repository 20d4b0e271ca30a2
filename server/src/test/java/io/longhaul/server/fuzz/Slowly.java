package io.longhaul.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats that headers share, read the long way round, to compare the server with. */
public final class Slowly {

    private static final String DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?");
    private static final Pattern PAIR =
            Pattern.compile("\\s*([\\x21-\\x7e&&[^,]]+)(?: \\s*([^\\s]*))?\\s*");

    private Slowly() {}

    /** The bytes; empty when it is no Base64. Padding may be missing. */
    public static Optional<byte[]> base64(String text) {
        if (!BASE64.matcher(text).matches()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int bits = 0;
        int count = 0;
        for (char digit : text.replace("=", "").toCharArray()) {
            bits = (bits << 6 | DIGITS.indexOf(digit)) & 0xffff;
            count += 6;
            if (count >= 8) {
                count -= 8;
                bytes.write(bits >> count);
            }
        }
        return Optional.of(bytes.toByteArray());
    }

    /** The text that the bytes have, padded. */
    public static String base64(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 3) {
            int bits = 0;
            for (int i = at; i < at + 3; i++) {
                bits = bits << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
            }
            int digits = Math.min(bytes.length - at, 3) + 1;
            for (int i = 0; i < 4; i++) {
                text.append(i < digits ? DIGITS.charAt(bits >> (18 - 6 * i) & 63) : '=');
            }
        }
        return text.toString();
    }

    /** Keys and values in order; empty when it is no metadata (tus 1.0.0, Upload-Metadata). */
    public static Optional<Map<String, byte[]>> metadata(String encoded) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (String each : encoded.split(",", -1)) {
            Matcher pair = PAIR.matcher(each);
            if (!pair.matches()) {
                return Optional.empty();
            }
            Optional<byte[]> value = base64(pair.group(2) == null ? "" : pair.group(2));
            if (value.isEmpty() || values.put(pair.group(1), value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** The text; empty when it is no UTF-8, which what is encoded again differs from. */
    public static Optional<String> utf8(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return Arrays.equals(text.getBytes(UTF_8), bytes) ? Optional.of(text) : Optional.empty();
    }
}
