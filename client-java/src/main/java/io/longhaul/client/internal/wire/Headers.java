package io.longhaul.client.internal.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/** Values of headers. */
final class Headers {

    private static final Duration MAX_RETRY_AFTER = Duration.ofDays(1);

    private Headers() {}

    /** A count of bytes: digits, at most 2^63 - 1; empty for anything else. */
    static OptionalLong number(WireAnswer answer, String name) {
        String value = answer.header(name).orElse("").trim();
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Retry-After in seconds or as a date (RFC 9110, 10.2.3), at most a day. */
    static Optional<Duration> retryAfter(WireAnswer answer) {
        OptionalLong seconds = number(answer, "Retry-After");
        if (seconds.isPresent()) {
            long most = MAX_RETRY_AFTER.toSeconds();
            return Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), most)));
        }
        return answer.header("Retry-After").flatMap(Headers::untilDate);
    }

    private static Optional<Duration> untilDate(String date) {
        try {
            Instant then =
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration left = Duration.between(Instant.now(), then);
            return left.isNegative() || left.compareTo(MAX_RETRY_AFTER) > 0
                    ? Optional.empty()
                    : Optional.of(left);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
