package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** tus 1.0.0, X-HTTP-Method-Override: the header is the method, the real one is ignored. */
class MethodOverrideTests extends CoreTranscript {

    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    private static String override(String method) {
        return "X-HTTP-Method-Override: " + method;
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void appends(String method) throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response =
                exchange(method, upload, HELLO, override("PATCH"), BYTES, "Upload-Offset: 0");

        assertStatus(response, 204);
        assertThat(response.header("Upload-Offset")).isEqualTo("5");
        assertThat(text(upload)).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "\u00e4", "PATCH\tDELETE"})
    void refusalShowsPrintableLettersOnly(String method) throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response = exchange("POST", upload, new byte[0], override(method.repeat(999)));

        assertRefused(response, 405, "method-not-allowed");
        assertThat(response.text()).hasSizeLessThan(150).matches("[ -~…]+\n");
        assertThat(response.header("Content-Type")).startsWith("text/plain");
    }

    @Test
    void terminates() throws IOException {
        String upload = create("Upload-Length: 5");

        assertStatus(exchange("POST", upload, new byte[0], override("DELETE")), 204);

        assertThat(exchange("HEAD", upload).status()).isEqualTo(410);
    }

    @Test
    void tellsTheOffset() throws IOException {
        String upload = create("Upload-Length: 5", "Upload-Metadata: key");
        append(upload, 0, "hel");

        RawResponse response = exchange("POST", upload, new byte[0], override("HEAD"));

        assertStatus(response, 200);
        assertThat(response.header("Upload-Offset")).isEqualTo("3");
        assertThat(response.header("Upload-Metadata")).isEqualTo("key");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void creates() throws IOException {
        RawResponse response =
                exchange("PUT", "/files", HELLO, override("POST"), BYTES, "Upload-Length: 5");

        assertStatus(response, 201);
        assertThat(text(response.required("Location"))).isEqualTo("hello");
    }

    @Test
    void downloads() throws IOException {
        String upload = create("Upload-Length: 5");
        append(upload, 0, "hello");

        assertThat(exchange("POST", upload, new byte[0], override("GET")).text())
                .isEqualTo("hello");
    }

    @Test
    void isReadInAnyCase() throws IOException {
        String upload = create("Upload-Length: 5");

        assertStatus(
                exchange("POST", upload, HELLO, override("patch"), BYTES, "Upload-Offset: 0"), 204);
    }

    @Test
    void isHeldToTheSameRules() throws IOException {
        String upload = create("Upload-Length: 5");

        assertThat(send(bare("POST", upload, override("DELETE"), "Content-Length: 0")).status())
                .isEqualTo(412);
        assertRefused(
                exchange("POST", upload, HELLO, override("PATCH"), "Upload-Offset: 0"),
                415,
                "unsupported-content-type");
        assertThat(offset(upload)).isZero();
    }

    @Test
    void onlyOneMethodCanBeMeant() throws IOException {
        String upload = create("Upload-Length: 5");

        assertRefused(
                exchange("POST", upload, new byte[0], override("HEAD"), override("DELETE")),
                405,
                "method-not-allowed");
        assertRefused(
                exchange("DELETE", upload, new byte[0], override("BREW")),
                405,
                "method-not-allowed");
        assertThat(offset(upload)).isZero();
    }
}
