package io.longhaul.server.web;

import java.time.Duration;
import java.util.List;

/**
 * Which pages of other origins may use the server (the CORS protocol of the Fetch standard).
 *
 * @param allowedOrigins such as {@code https://app.example}, or {@code *} for every one
 * @param allowedOriginPatterns such as {@code https://*.example} or {@code http://localhost:[*]}
 * @param allowCredentials whether cookies and client certificates may come along
 * @param allowedHeaders request headers; empty, or {@code *}, for whatever is asked for
 * @param maxAge how long a browser may keep the answer to a preflight
 */
public record CrossOriginSettings(
        boolean enabled,
        List<String> allowedOrigins,
        List<String> allowedOriginPatterns,
        boolean allowCredentials,
        List<String> allowedHeaders,
        Duration maxAge) {

    /** Every origin, without credentials. */
    public static final CrossOriginSettings DEFAULT =
            new CrossOriginSettings(
                    true, List.of("*"), List.of(), false, List.of(), Duration.ofDays(1));

    public CrossOriginSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedOriginPatterns = List.copyOf(allowedOriginPatterns);
        allowedHeaders = List.copyOf(allowedHeaders);
        if (allowCredentials && allowedOrigins.contains("*")) {
            throw new IllegalArgumentException(
                    "credentials can't be allowed to every origin: name the origins");
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("max-age %s is negative".formatted(maxAge));
        }
    }
}
