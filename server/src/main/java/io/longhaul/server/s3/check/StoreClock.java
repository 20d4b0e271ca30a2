package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3Raw;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The difference between a store's clock and this machine's. */
record StoreClock(S3Raw raw, InstantSource clock) {

    /** A store refuses requests that seem a quarter of an hour old. */
    private static final Duration TOLERATED = Duration.ofMinutes(1);

    Finding compare() throws IOException {
        ListObjectsV2Response answer =
                raw.call(
                        client ->
                                client.listObjectsV2(
                                        request ->
                                                request.bucket(raw.bucket())
                                                        .prefix(raw.full(Scratch.ALL))
                                                        .maxKeys(1)));
        Optional<Instant> theirs =
                answer.sdkHttpResponse().firstMatchingHeader("Date").flatMap(StoreClock::parsed);
        return theirs.map(this::finding)
                .orElseGet(() -> new Finding(Grade.WARNING, "the store does not tell the time"));
    }

    private static Optional<Instant> parsed(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException _) { // then it is not known
            return Optional.empty();
        }
    }

    private Finding finding(Instant theirs) {
        Duration ahead = Duration.between(clock.instant(), theirs);
        String text =
                "the store's is %d s %s"
                        .formatted(
                                ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead");
        return Finding.of(
                ahead.abs().compareTo(TOLERATED) <= 0,
                text,
                Grade.WARNING,
                text + "; from 15 min on it refuses requests");
    }
}
