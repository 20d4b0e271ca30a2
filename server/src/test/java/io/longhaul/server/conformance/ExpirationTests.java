package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code Upload-Expires} and what follows it (tus 1.0.0, Expiration). */
final class ExpirationTests extends TusTranscript {

    private static final Duration EXPIRY = Duration.ofSeconds(3);
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    ExpirationTests() {
        super(
                STORED,
                "longhaul.expiry=" + EXPIRY.toSeconds() + "s",
                "longhaul.gone-retention=2s",
                "longhaul.sweep-interval=100ms");
    }

    private static Instant expires(RawResponse response) {
        return ZonedDateTime.parse(response.required("Upload-Expires"), IMF_FIXDATE).toInstant();
    }

    @Test
    void creationTellsWhenTheUploadExpires() throws IOException {
        Instant before = Instant.now();

        RawResponse response = exchange("POST", "/files", "Upload-Length: 10", "Content-Length: 0");

        assertThat(expires(response))
                .isBetween(before.plus(EXPIRY).minusSeconds(1), Instant.now().plus(EXPIRY));
    }

    @Test
    void movesWithEveryAppend() throws Exception {
        String path = create("Upload-Length: 10");
        Instant first = expires(exchange("HEAD", path));
        await().until(() -> Instant.now().isAfter(first.minus(EXPIRY).plusMillis(2_100)));

        RawResponse append = append(path, 0, "hello");

        assertThat(append.status()).isEqualTo(204);
        assertThat(expires(append)).isAfter(first);
        assertThat(expires(exchange("HEAD", path))).isEqualTo(expires(append));
    }

    @Test
    void refusedAppendsTellItAsWell() throws IOException {
        String path = create("Upload-Length: 10");
        Instant told = expires(exchange("HEAD", path));

        assertThat(expires(append(path, 3, "hello"))).isEqualTo(told);
        assertThat(expires(append(path, 0, "hello world"))).isEqualTo(told);
        assertThat(expires(exchange("PATCH", path, new byte[5], "Upload-Offset: 0")))
                .isEqualTo(told);
    }

    @Test
    @OnDisk
    void answers410AfterwardsFreesTheSpaceAndThenForgets() throws IOException {
        String path = create("Upload-Length: 10");
        append(path, 0, "hello");

        await().until(() -> exchange("HEAD", path).status() == 410);

        assertThat(append(path, 5, "world").text()).startsWith("upload-expired");
        assertThat(exchange("GET", path).status()).isEqualTo(410);
        await().until(() -> !contentFile(path).toFile().exists());
        await().until(() -> exchange("HEAD", path).status() == 404);
    }

    @Test
    void neverTouchesCompleteUploads() throws IOException {
        String path = create("Upload-Length: 5");
        RawResponse last = append(path, 0, "hello");
        String later = create("Upload-Length: 5");

        await().until(() -> exchange("HEAD", later).status() == 404);

        assertThat(last.header("Upload-Expires")).isNull();
        assertThat(exchange("HEAD", path).header("Upload-Expires")).isNull();
        assertThat(text(path)).isEqualTo("hello");
    }

    @Test
    void anAppendUnderWayKeepsItsUploadAlive() throws Exception {
        byte[] bytes = TestBytes.random(1, 8_000);
        String path = create("Upload-Length: 8000");
        String witness = create("Upload-Length: 1");
        try (SteadyAppend append =
                SteadyAppend.begin(
                        beginAppend(path, 0, bytes.length, "Upload-Checksum: " + Sha1.of(bytes)),
                        bytes,
                        100)) {
            await().until(() -> exchange("HEAD", witness).status() == 404);

            assertThat(append.isAnswered()).isFalse();
            assertThat(exchange("HEAD", path).status()).isEqualTo(200);
            assertThat(append.hurry().answer().orElseThrow().status()).isEqualTo(204);
        }
        assertThat(content(path)).isEqualTo(bytes);
    }
}
