package io.longhaul.client.cli.doctor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Whether the clocks agree: tokens and expiry depend on it. */
final class ClockCheck implements Check {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        String date =
                patient.client()
                        .tus("OPTIONS", patient.endpoint())
                        .headers()
                        .firstValue("Date")
                        .orElse("");
        return judge(date, Instant.now());
    }

    Finding judge(String date, Instant now) {
        try {
            Instant theirs =
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            long ahead = Duration.between(now, theirs).toSeconds();
            if (Math.abs(ahead) <= LIMIT.toSeconds()) {
                return Finding.ok(name(), "agrees with this machine's within a few seconds");
            }
            return Finding.warn(
                    name(),
                    Math.abs(ahead)
                            + " s "
                            + (ahead > 0 ? "ahead of" : "behind")
                            + " this machine's",
                    "Set both clocks by NTP: tokens and expiry depend on them.");
        } catch (DateTimeParseException e) {
            return Finding.ok(name(), "the server sends no Date");
        }
    }
}
