package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tus 1.0.0, Upload-Offset and Upload-Length: strict numbers; and headers that come once. */
class HeaderTests extends CoreTranscript {

    static final List<String> NO_NUMBERS =
            List.of(
                    "+5",
                    "-1",
                    "-0",
                    "5,5",
                    "5, 5",
                    "5e1",
                    "0x5",
                    "5.0",
                    "5 5",
                    "5;5",
                    "5b",
                    "",
                    "\"5\"",
                    "\u0665",
                    "\uff15",
                    "9223372036854775808",
                    "18446744073709551621",
                    "9999999999999999999",
                    "100000000000000000000000000005");

    @ParameterizedTest
    @FieldSource("NO_NUMBERS")
    void offsetIsStrict(String value) throws IOException {
        String upload = create("Upload-Length: 100");
        append(upload, 0, "hello");

        RawResponse response =
                exchange("PATCH", upload, new byte[5], BYTES, "Upload-Offset: " + value);

        assertRefused(response, 400, "invalid-number");
        assertThat(offset(upload)).isEqualTo(5);
    }

    @ParameterizedTest
    @FieldSource("NO_NUMBERS")
    void lengthIsStrict(String value) throws IOException {
        RawResponse response =
                exchange("POST", "/files", "Upload-Length: " + value, "Content-Length: 0");

        assertRefused(response, 400, "invalid-number");
        assertThat(response.header("Location")).isNull();
    }

    @ParameterizedTest
    @FieldSource("NO_NUMBERS")
    void deferredLengthIsStrict(String value) throws IOException {
        String upload = create("Upload-Defer-Length: 1");

        RawResponse response = append(upload, 0, "hello", "Upload-Length: " + value);

        assertRefused(response, 400, "invalid-number");
        RawResponse head = exchange("HEAD", upload);
        assertThat(head.header("Upload-Offset")).isEqualTo("0");
        assertThat(head.header("Upload-Defer-Length")).isEqualTo("1");
    }

    @Test
    void whiteSpaceAroundIsNotPartOfTheValue() throws IOException {
        String upload = create("Upload-Length: \t 5 \t");

        RawResponse response =
                exchange("PATCH", upload, "hello".getBytes(US_ASCII), BYTES, "Upload-Offset:  0  ");

        assertStatus(response, 204);
        assertThat(text(upload)).isEqualTo("hello");
    }

    @Test
    void largestNumberPasses() throws IOException {
        String upload = create("Upload-Length: 9223372036854775807");

        RawResponse wrong = append(upload, Long.MAX_VALUE, "hello");

        assertRefused(wrong, 409, "offset-mismatch");
        assertThat(wrong.header("Upload-Offset")).isEqualTo("0");
        assertStatus(append(upload, 0, "hello"), 204);
        RawResponse head = exchange("HEAD", upload);
        assertThat(head.header("Upload-Length")).isEqualTo("9223372036854775807");
        assertThat(head.header("Upload-Offset")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upload-Offset: 0",
                "upload-offset: 1",
                "Tus-Resumable: 1.0.0",
                "Content-Type: application/offset+octet-stream",
                "Content-Type: text/plain",
            })
    void appendTakesEachHeaderOnce(String repeated) throws IOException {
        String upload = create("Upload-Length: 5");

        assertRefused(append(upload, 0, "hello", repeated), 400, "repeated-header");
        assertThat(offset(upload)).isZero();
    }

    @Test
    void appendTakesOneLength() throws IOException {
        String upload = create("Upload-Defer-Length: 1");

        assertRefused(
                append(upload, 0, "hello", "Upload-Length: 5", "Upload-Length: 5"),
                400,
                "repeated-header");
        assertThat(exchange("HEAD", upload).header("Upload-Length")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upload-Length: 5",
                "Tus-Resumable: 1.0.0",
                "Upload-Metadata: other",
                "Content-Type: application/offset+octet-stream",
                "Idempotency-Key: other",
            })
    void creationTakesEachHeaderOnce(String repeated) throws IOException {
        RawResponse response =
                exchange(
                        "POST",
                        "/files",
                        new byte[5],
                        BYTES,
                        "Upload-Length: 5",
                        "Upload-Metadata: key",
                        "Idempotency-Key: repeated",
                        repeated);

        assertRefused(response, 400, "repeated-header");
        assertThat(response.header("Location")).isNull();
    }

    @Test
    void creationTakesOneDeferredLength() throws IOException {
        assertRefused(
                exchange(
                        "POST",
                        "/files",
                        "Upload-Defer-Length: 1",
                        "Upload-Defer-Length: 1",
                        "Content-Length: 0"),
                400,
                "repeated-header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "DELETE"})
    void otherRequestsTakeOneVersion(String method) throws IOException {
        String upload = create("Upload-Length: 5");

        assertThat(exchange(method, upload, "Tus-Resumable: 1.0.0").status()).isEqualTo(400);
        assertThat(offset(upload)).isZero();
    }
}
