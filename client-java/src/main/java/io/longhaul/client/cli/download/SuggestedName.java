package io.longhaul.client.cli.download;

import io.longhaul.client.cli.http.MetadataHeader;
import io.longhaul.client.cli.http.WebClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name for a file that was not given one: what the server says, made harmless. */
public final class SuggestedName {

    private static final Pattern EXTENDED =
            Pattern.compile("filename\\*=UTF-8''([^;]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED =
            Pattern.compile("filename=\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN =
            Pattern.compile("filename=([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final int MOST = 200;

    private SuggestedName() {}

    /** From the server, or else the end of the URL; always in the working directory. */
    public static Path of(WebClient client, URI url) {
        return Path.of(
                fromServer(client, url)
                        .or(() -> safe(String.valueOf(url.getPath())))
                        .orElse("download"));
    }

    private static Optional<String> fromServer(WebClient client, URI url) {
        try {
            HttpResponse<Void> head =
                    client.fetch(
                            "HEAD",
                            url,
                            Map.of("Tus-Resumable", "1.0.0"),
                            BodyHandlers.discarding());
            return head.headers()
                    .firstValue("Content-Disposition")
                    .flatMap(SuggestedName::inDisposition)
                    .or(() -> inMetadata(head.headers()));
        } catch (IOException e) {
            // The download itself will try for longer; its name is then that of the URL.
            return Optional.empty();
        }
    }

    private static Optional<String> inMetadata(HttpHeaders headers) {
        String header = headers.firstValue("Upload-Metadata").orElse("");
        Map<String, String> metadata = MetadataHeader.decode(header);
        return Optional.ofNullable(metadata.getOrDefault("filename", metadata.get("name")))
                .flatMap(SuggestedName::safe);
    }

    /** The name in Content-Disposition (RFC 6266); the extended form is the better one. */
    static Optional<String> inDisposition(String header) {
        Matcher extended = EXTENDED.matcher(header);
        if (extended.find()) {
            return safe(decoded(extended.group(1)));
        }
        Matcher quoted = QUOTED.matcher(header);
        if (quoted.find()) {
            return safe(quoted.group(1).replaceAll("\\\\(.)", "$1"));
        }
        Matcher token = TOKEN.matcher(header);
        return token.find() ? safe(token.group(1)) : Optional.empty();
    }

    /** The last part of a path: no folder, no hidden file, no control letters. */
    static Optional<String> safe(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String visible = name.replaceAll("[\\p{Cntrl}:*?\"<>|]", "_").strip();
        String plain = visible.replaceAll("^\\.+", "");
        return plain.isEmpty()
                ? Optional.empty()
                : Optional.of(plain.length() > MOST ? plain.substring(0, MOST) : plain);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
