package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The CORS protocol switched off: browsers of other origins get nothing. */
class CrossOriginOffTests extends CoreTranscript {

    CrossOriginOffTests() {
        super("longhaul.cors.enabled=false");
    }

    private static void assertSilent(RawResponse response) {
        assertThat(response.headers())
                .noneMatch(field -> field.name().startsWith("Access-Control-"));
    }

    @Test
    void answersCarryNoPermission() throws IOException {
        String origin = "Origin: https://app.example";
        String upload = create("Upload-Length: 5");

        assertSilent(exchange("HEAD", upload, origin));
        assertSilent(append(upload, 0, "hello", origin));
        assertSilent(exchange("GET", upload, origin));
        assertSilent(exchange("HEAD", UNKNOWN, origin));
    }

    @Test
    void preflightIsAnsweredAsAnyOptions() throws IOException {
        RawResponse response =
                send(
                        bare(
                                "OPTIONS",
                                "/files",
                                "Origin: https://app.example",
                                "Access-Control-Request-Method: POST"));

        assertSilent(response);
        assertThat(response.header("Tus-Version")).isEqualTo("1.0.0");
    }
}
