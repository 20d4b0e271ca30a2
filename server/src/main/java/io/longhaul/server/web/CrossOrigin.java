package io.longhaul.server.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.springframework.web.cors.CorsConfiguration;

/**
 * Lets pages of other origins read the answers, as far as the settings allow. It adds headers and
 * refuses nothing: what a page may not read, the browser hides. Thread-safe.
 */
final class CrossOrigin {

    private static final HttpField ANY_ORIGIN =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    private static final HttpField CREDENTIALS =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    private static final HttpField METHODS =
            new PreEncodedHttpField(
                    HttpHeader.ACCESS_CONTROL_ALLOW_METHODS,
                    "POST, HEAD, PATCH, DELETE, GET, OPTIONS");
    private static final HttpField VARY_ORIGIN = new PreEncodedHttpField(HttpHeader.VARY, "Origin");
    private static final HttpField VARY_PREFLIGHT =
            new PreEncodedHttpField(
                    HttpHeader.VARY,
                    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    private static final HttpField EXPOSED =
            new PreEncodedHttpField(
                    HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS,
                    String.join(
                            ", ",
                            "Upload-Offset",
                            "Upload-Length",
                            "Upload-Defer-Length",
                            "Upload-Metadata",
                            "Upload-Expires",
                            "Upload-Concat",
                            "Upload-Complete",
                            "Upload-Limit",
                            "Upload-Draft-Interop-Version",
                            "Location",
                            "Tus-Version",
                            "Tus-Resumable",
                            "Tus-Max-Size",
                            "Tus-Extension",
                            "Tus-Checksum-Algorithm",
                            "Retry-After",
                            "ETag",
                            "Content-Disposition",
                            "Content-Range",
                            "Accept-Ranges",
                            "Content-Length",
                            "Last-Modified"));

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final CrossOriginSettings settings;
    private final boolean anyOrigin;
    private final HttpField maxAge;
    private final CorsConfiguration origins = new CorsConfiguration();

    CrossOrigin(CrossOriginSettings settings) {
        this.settings = settings;
        anyOrigin = settings.allowedOrigins().contains("*");
        maxAge =
                new PreEncodedHttpField(
                        HttpHeader.ACCESS_CONTROL_MAX_AGE,
                        Long.toString(settings.maxAge().toSeconds()));
        origins.setAllowedOrigins(settings.allowedOrigins());
        origins.setAllowedOriginPatterns(settings.allowedOriginPatterns());
        origins.setAllowCredentials(settings.allowCredentials());
    }

    /** Whether a browser asks for permission rather than for the thing itself. */
    static boolean isPreflight(Request request) {
        return HttpMethod.OPTIONS.is(request.getMethod())
                && request.getHeaders().contains(HttpHeader.ORIGIN)
                && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Adds the headers to any answer, also to an error, before it is written. */
    void apply(Request request, Response response) {
        if (!settings.enabled()) {
            return;
        }
        HttpFields.Mutable answer = response.getHeaders();
        boolean preflight = isPreflight(request);
        if (preflight) {
            answer.ensureField(VARY_PREFLIGHT);
        } else if (!anyOrigin) {
            answer.ensureField(VARY_ORIGIN);
        }
        allowedOrigin(request.getHeaders())
                .ifPresent(origin -> allow(origin, preflight, request.getHeaders(), answer));
    }

    private void allow(
            HttpField origin, boolean preflight, HttpFields asked, HttpFields.Mutable answer) {
        answer.put(origin);
        answer.put(EXPOSED);
        if (settings.allowCredentials()) {
            answer.put(CREDENTIALS);
        }
        if (preflight) {
            answer.put(METHODS);
            answer.put(maxAge);
            allowedHeaders(asked)
                    .ifPresent(names -> answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, names));
        }
    }

    /** The same for every request where it can be, so that caches may share answers. */
    private Optional<HttpField> allowedOrigin(HttpFields asked) {
        if (anyOrigin) {
            return Optional.of(ANY_ORIGIN);
        }
        List<String> lines = asked.getValuesList(HttpHeader.ORIGIN);
        if (lines.size() != 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(origins.checkOrigin(lines.getFirst()))
                .map(origin -> new HttpField(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin));
    }

    private Optional<String> allowedHeaders(HttpFields asked) {
        List<String> configured = settings.allowedHeaders();
        Stream<String> names =
                configured.isEmpty() || configured.contains("*")
                        ? asked.getCSV(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS, false).stream()
                        : configured.stream();
        return Optional.of(
                        names.filter(name -> TOKEN.matcher(name).matches())
                                .collect(Collectors.joining(", ")))
                .filter(list -> !list.isEmpty());
    }
}
