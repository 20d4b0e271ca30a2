package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** tus 1.0.0, OPTIONS; and the preflight requests of browsers (the CORS protocol). */
class OptionsTests extends CoreTranscript {

    private static final String[] EXPOSED = {
        "Location", "Upload-Offset", "Upload-Length", "Upload-Metadata", "Upload-Expires",
        "Tus-Version", "Tus-Resumable", "Tus-Max-Size", "Tus-Extension", "Retry-After"
    };

    private static RawResponse preflighted(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.required("Access-Control-Allow-Methods").split(", "))
                .contains("POST", "HEAD", "PATCH", "DELETE", "GET");
        return response;
    }

    private static void assertExposed(RawResponse response) {
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.required("Access-Control-Expose-Headers").split(", "))
                .contains(EXPOSED);
    }

    @Test
    void tellsVersionExtensionsAndChecksums() throws IOException {
        RawResponse response = send(bare("OPTIONS", "/files"));

        assertStatus(response, 200);
        assertThat(response.header("Tus-Version")).isEqualTo("1.0.0");
        assertThat(response.required("Tus-Extension").split(","))
                .containsExactlyInAnyOrder(
                        "creation",
                        "creation-with-upload",
                        "creation-defer-length",
                        "expiration",
                        "checksum",
                        "checksum-trailer",
                        "termination",
                        "concatenation",
                        "concatenation-unfinished");
        assertThat(response.required("Tus-Checksum-Algorithm").split(","))
                .containsExactlyInAnyOrder("sha1", "sha256", "sha512", "md5", "crc32", "crc32c");
    }

    @Test
    void namesNoMaxSizeWhenThereIsNone() throws IOException {
        assertThat(send(bare("OPTIONS", "/files")).header("Tus-Max-Size")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.2.2", "2.0.0", "", "x"})
    void ignoresTusResumable(String version) throws IOException {
        RawResponse response = send(bare("OPTIONS", "/files", "Tus-Resumable: " + version));

        assertStatus(response, 200);
        assertThat(response.header("Tus-Version")).isEqualTo("1.0.0");
    }

    @Test
    void answersForUploadsToo() throws IOException {
        assertThat(send(bare("OPTIONS", create("Upload-Length: 5"))).header("Tus-Version"))
                .isEqualTo("1.0.0");
        assertStatus(send(bare("OPTIONS", UNKNOWN)), 200);
    }

    @Test
    void browsersMayCreateFromAnyOrigin() throws IOException {
        RawResponse response =
                preflighted(
                        send(
                                bare(
                                        "OPTIONS",
                                        "/files",
                                        "Origin: https://app.example",
                                        "Access-Control-Request-Method: POST",
                                        "Access-Control-Request-Headers:"
                                                + " tus-resumable,upload-length,x-own")));

        assertThat(response.header("Access-Control-Allow-Headers"))
                .isEqualTo("tus-resumable, upload-length, x-own");
        assertThat(response.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(response.header("Access-Control-Max-Age")).isEqualTo("86400");
    }

    @Test
    void browsersMayUseUploadsFromAnyOrigin() throws IOException {
        preflighted(
                send(
                        bare(
                                "OPTIONS",
                                create("Upload-Length: 5"),
                                "Origin: https://app.example",
                                "Access-Control-Request-Method: PATCH")));
    }

    @Test
    void pagesMayReadEveryAnswer() throws IOException {
        String origin = "Origin: https://app.example";
        RawResponse created =
                exchange("POST", "/files", origin, "Upload-Length: 5", "Content-Length: 0");
        String upload = created.required("Location");

        assertExposed(created);
        assertExposed(append(upload, 0, "hello", origin));
        assertExposed(append(upload, 1, "x", origin));
        assertExposed(exchange("HEAD", upload, origin));
        assertExposed(exchange("GET", upload, origin));
        assertExposed(exchange("HEAD", UNKNOWN, origin));
        assertExposed(send(bare("HEAD", upload, origin)));
    }
}
