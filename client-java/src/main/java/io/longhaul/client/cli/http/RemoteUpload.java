package io.longhaul.client.cli.http;

import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server says of an upload (tus 1.0.0, HEAD).
 *
 * @param offset bytes that the server has
 * @param length bytes in all; empty while deferred
 * @param expires as the server says it
 * @param concatenation {@code partial}, or {@code final} and more
 */
public record RemoteUpload(
        URI url,
        long offset,
        OptionalLong length,
        Map<String, String> metadata,
        Optional<String> expires,
        Optional<String> concatenation) {

    /**
     * Asks the server.
     *
     * @throws CommandException if it does not say where the upload is
     */
    public static RemoteUpload ask(WebClient client, URI url) {
        HttpResponse<String> response;
        try {
            response = client.tus("HEAD", url);
        } catch (IOException e) {
            throw new CommandException(ExitCode.NETWORK, url + ": " + WebClient.reason(e), e);
        }
        if (response.statusCode() / 100 != 2) {
            throw refusal(url, response.statusCode());
        }
        HttpHeaders headers = response.headers();
        OptionalLong offset = number(headers, "Upload-Offset");
        if (offset.isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED, url + " answers without an offset: it is no tus upload");
        }
        return new RemoteUpload(
                url,
                offset.getAsLong(),
                number(headers, "Upload-Length"),
                MetadataHeader.decode(headers.firstValue("Upload-Metadata").orElse("")),
                headers.firstValue("Upload-Expires"),
                headers.firstValue("Upload-Concat"));
    }

    public boolean complete() {
        return length.isPresent() && length.getAsLong() == offset;
    }

    /** Rounded down: 100 is said of what is complete only. */
    public Optional<Integer> percent() {
        if (length.isEmpty()) {
            return Optional.empty();
        }
        long all = length.getAsLong();
        return Optional.of(all == 0 ? 100 : (int) (offset * 100.0 / all));
    }

    /** For programs. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("url", url);
        json.put("offset", offset);
        json.put("length", length.isPresent() ? Optional.of(length.getAsLong()) : Optional.empty());
        json.put("percent", percent());
        json.put("complete", complete());
        json.put("expires", expires);
        json.put("concatenation", concatenation);
        json.put("metadata", metadata);
        return json;
    }

    /** What a status other than success means for an upload. */
    public static CommandException refusal(URI url, int status) {
        if (status == 404 || status == 410) {
            return new CommandException(
                    ExitCode.REFUSED,
                    url
                            + (status == 404
                                    ? ": the server has no such upload (404)"
                                    : ": the upload expired or was deleted (410)"));
        }
        if (status == 401 || status == 403) {
            return new CommandException(
                    ExitCode.CREDENTIALS,
                    url
                            + ": the server refuses the credentials ("
                            + status
                            + "); see --token and --header");
        }
        boolean passing = status >= 500 || status == 423 || status == 429;
        return new CommandException(
                passing ? ExitCode.NETWORK : ExitCode.REFUSED,
                url + ": the server answers " + status);
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        String value = headers.firstValue(name).orElse("").strip();
        return value.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(value))
                : OptionalLong.empty();
    }
}
