package io.longhaul.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhaul.server.core.upload.UploadMetadata;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name under which a browser saves content, made safe: one path segment, nothing invisible that
 * changes how it reads, at most 255 bytes.
 *
 * @param value empty when the client gave no usable name
 */
record FileName(String value) {

    private static final int MAX_BYTES = 255;
    private static final int MAX_EXTENSION_BYTES = 32;

    /** Control characters, line separators, and marks that turn the direction of the text. */
    private static final Pattern UNSAFE =
            Pattern.compile(
                    "[\\p{Cc}\\p{Zl}\\p{Zp}\\x{61C}\\x{200E}\\x{200F}"
                            + "\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FEFF}]");

    /** A per cent sign stays out: some browsers decode what follows it. */
    private static final Pattern NOT_PLAIN = Pattern.compile("[^ -~]|[\"%\\\\]");

    private static final String PLAIN_IN_EXTENDED = "!#$&+-.^_`|~";

    /** From the metadata keys that clients use: filename, or else name. */
    static FileName of(UploadMetadata metadata) {
        return Stream.of("filename", "name")
                .map(metadata::text)
                .flatMap(Optional::stream)
                .map(FileName::cleaned)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(FileName::new)
                .orElse(new FileName(""));
    }

    private static String cleaned(String name) {
        String visible = UNSAFE.matcher(name).replaceAll("");
        int slash = Math.max(visible.lastIndexOf('/'), visible.lastIndexOf('\\'));
        String segment = visible.substring(slash + 1).strip();
        return segment.equals(".") || segment.equals("..") ? "" : shortened(segment);
    }

    /** The end of a name that is too long goes, but not its extension. */
    private static String shortened(String name) {
        if (bytes(name) <= MAX_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot);
        if (bytes(extension) > MAX_EXTENSION_BYTES) {
            extension = "";
        }
        return start(name, MAX_BYTES - bytes(extension)).stripTrailing() + extension;
    }

    private static String start(String name, int maxBytes) {
        int end = 0;
        for (int bytes = 0; end < name.length(); ) {
            int next = name.offsetByCodePoints(end, 1);
            bytes += bytes(name.substring(end, next));
            if (bytes > maxBytes) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    /**
     * The value of Content-Disposition (RFC 6266): the name in plain ASCII for every client, and in
     * full for those that know filename* (RFC 8187) when that differs. Spring's ContentDisposition
     * puts quotes, backslashes and per cent signs into the plain name, which clients read
     * differently.
     */
    String disposition(String kind) {
        if (value.isEmpty()) {
            return kind;
        }
        String plain = NOT_PLAIN.matcher(value).replaceAll("_");
        String disposition = "%s; filename=\"%s\"".formatted(kind, plain);
        return plain.equals(value) ? disposition : disposition + "; filename*=UTF-8''" + extended();
    }

    private String extended() {
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(UTF_8)) {
            char letter = (char) (b & 0xFF);
            if (plainInExtended(letter)) {
                encoded.append(letter);
            } else {
                encoded.append("%%%02X".formatted((int) letter));
            }
        }
        return encoded.toString();
    }

    private static boolean plainInExtended(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || PLAIN_IN_EXTENDED.indexOf(letter) >= 0;
    }
}
