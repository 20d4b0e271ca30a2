package io.longhaul.server.web;

import io.longhaul.server.core.upload.UploadMetadata;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * The media type that content is served with, and what keeps a browser from running it. Whoever
 * uploads chooses the type and the content, so nothing that a browser runs, styles with or installs
 * keeps its type: an attachment is still loaded by a script element, an octet stream with nosniff
 * is not.
 *
 * @param value for Content-Type
 * @param inline whether a browser may show it rather than save it
 */
record ServedType(String value, boolean inline) {

    private static final ServedType UNKNOWN = new ServedType("application/octet-stream", false);
    private static final int MAX_LENGTH = 255;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED = "\"(?:[\\t !#-\\[\\]-~]|\\\\[\\t -~])*+\"";
    private static final Pattern MEDIA_TYPE =
            Pattern.compile(
                    "%s/%s(?:[ \\t]*+;[ \\t]*+%s=(?:%s|%s))*+"
                            .formatted(TOKEN, TOKEN, TOKEN, TOKEN, QUOTED));

    private static final Pattern ACTIVE =
            Pattern.compile(
                    "(?:multipart|message)/.*"
                            + "|[^/]+/(?:.*(?:html|svg|script|flash|xpinstall|chrome-extension).*"
                            + "|(?:.*\\+)?xml.*|css|xsl|x-x509-.*|\\*)"
                            + "|\\*/.*");

    private static final Set<String> INLINE =
            Set.of(
                    "application/pdf",
                    "image/apng",
                    "image/avif",
                    "image/bmp",
                    "image/gif",
                    "image/heic",
                    "image/jpeg",
                    "image/png",
                    "image/tiff",
                    "image/vnd.microsoft.icon",
                    "image/webp",
                    "image/x-icon",
                    "text/plain");

    private static final HttpField NOSNIFF =
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField SAVED = policy("sandbox; default-src 'none'");

    // A browser shows media in a page of its own, under this policy: it has to load and style them.
    private static final HttpField SHOWN =
            policy(
                    "sandbox; default-src 'none'; img-src 'self'; media-src 'self';"
                            + " style-src 'unsafe-inline'");

    // Browsers refuse to start their PDF viewers in a sandbox; the viewers are sandboxes
    // themselves.
    private static final HttpField VIEWED =
            policy("default-src 'none'; object-src 'self'; style-src 'unsafe-inline'");

    private static HttpField policy(String value) {
        return new PreEncodedHttpField("Content-Security-Policy", value);
    }

    /** From the metadata keys that clients use: filetype, or else type. */
    static ServedType of(UploadMetadata metadata) {
        return Stream.of("filetype", "type")
                .map(metadata::text)
                .flatMap(Optional::stream)
                .filter(ServedType::valid)
                .findFirst()
                .map(ServedType::of)
                .orElse(UNKNOWN);
    }

    private static boolean valid(String type) {
        return type.length() <= MAX_LENGTH && MEDIA_TYPE.matcher(type).matches();
    }

    private static ServedType of(String type) {
        String essence = essence(type);
        if (ACTIVE.matcher(essence).matches()) {
            return UNKNOWN;
        }
        boolean inline =
                essence.startsWith("audio/")
                        || essence.startsWith("video/")
                        || INLINE.contains(essence);
        return new ServedType(type, inline);
    }

    private static String essence(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** For Content-Disposition: whether to show or save it, and under which name. */
    String disposition(UploadMetadata metadata) {
        return FileName.of(metadata).disposition(inline ? "inline" : "attachment");
    }

    void addProtection(HttpFields.Mutable headers) {
        headers.put(NOSNIFF);
        if (!inline) {
            headers.put(SAVED);
        } else {
            headers.put(essence(value).equals("application/pdf") ? VIEWED : SHOWN);
        }
    }
}
