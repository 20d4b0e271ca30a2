package io.longhaul.server.protocol.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates in headers: the IMF-fixdate form (RFC 9110, 5.6.7). */
public final class HttpDate {

    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** The instant to the second, cut off. */
    public static String format(Instant instant) {
        return IMF_FIXDATE.format(instant);
    }
}
