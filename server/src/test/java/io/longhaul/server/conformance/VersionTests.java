package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tus 1.0.0, Tus-Resumable: in every request but OPTIONS, and in every answer. */
class VersionTests extends CoreTranscript {

    static final List<String> WRONG =
            List.of(
                    "X-None: 1",
                    "Tus-Resumable:",
                    "Tus-Resumable: 0.2.2",
                    "Tus-Resumable: 1.0",
                    "Tus-Resumable: 1.0.1",
                    "Tus-Resumable: 2.0.0",
                    "Tus-Resumable: 1.0.0, 1.0.0",
                    "Tus-Resumable: 1.0.0;x");

    VersionTests() {
        super(STORED);
    }

    private static void assertUnsupported(RawResponse response) {
        assertThat(response.status()).isEqualTo(412);
        assertThat(response.header("Tus-Version")).isEqualTo("1.0.0");
        assertThat(response.header("Tus-Resumable")).isEqualTo("1.0.0");
    }

    @ParameterizedTest
    @FieldSource("WRONG")
    void appendsNothing(String version) throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response =
                send(
                        bare(
                                "PATCH",
                                upload,
                                version,
                                BYTES,
                                "Upload-Offset: 0",
                                "Content-Length: 5"),
                        "hello");

        assertUnsupported(response);
        assertRefused(response, 412, "unsupported-version");
        assertThat(offset(upload)).isZero();
    }

    @ParameterizedTest
    @FieldSource("WRONG")
    void terminatesNothing(String version) throws IOException {
        String upload = create("Upload-Length: 5");

        assertUnsupported(send(bare("DELETE", upload, version)));
        assertThat(offset(upload)).isZero();
    }

    @ParameterizedTest
    @FieldSource("WRONG")
    void tellsNothing(String version) throws IOException {
        RawResponse response = send(bare("HEAD", create("Upload-Length: 5"), version));

        assertUnsupported(response);
        assertThat(response.header("Upload-Offset")).isNull();
    }

    @ParameterizedTest
    @OnDisk
    @FieldSource("WRONG")
    void createsNothing(String version) throws IOException {
        String key = "Idempotency-Key: " + version.hashCode();
        RawResponse response =
                send(
                        bare(
                                "POST",
                                "/files",
                                version,
                                key,
                                BYTES,
                                "Upload-Length: 9",
                                "Content-Length: 5"),
                        "hello");

        assertUnsupported(response);
        assertThat(response.header("Location")).isNull();
        assertThat(offset(create(key, "Upload-Length: 9"))).isZero();
        try (Stream<Path> files = Files.walk(server().data().resolve("content"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void downloadsNeedNone() throws IOException {
        String upload = create("Upload-Length: 5");
        append(upload, 0, "hello");

        RawResponse response = send(bare("GET", upload));

        assertStatus(response, 200);
        assertThat(response.text()).isEqualTo("hello");
        assertRefused(send(bare("GET", UNKNOWN)), 404, "upload-not-found");
        assertRefused(send(bare("GET", "/files/none")), 404, "upload-not-found");
        assertRefused(send(bare("GET", "/files")), 405, "method-not-allowed");
        assertRefused(send(bare("GET", create("Upload-Length: 5"))), 409, "upload-incomplete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /files HTTP/1.1",
                "TRACE /files HTTP/1.1",
                "BREW /files HTTP/1.1",
                "GET /files/%00 HTTP/1.1",
                "GET /files/ HTTP/9.9",
                "P(T /files HTTP/1.1",
                "GET /files HTTP/1.1\r\nContent-Length: x",
                "GET /files HTTP/1.1\r\nExpect: 200-ok",
                "PATCH /files HTTP/1.1\r\nTus-Resumable: 1.0.0",
                "POST /files HTTP/1.1\r\nTus-Resumable: 1.0.0",
                "\u0016\u0003\u0001",
            })
    void everyRefusalCarriesTheVersion(String start) throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(start + "\r\nHost: localhost\r\n\r\n");

            RawResponse response = connection.read();

            assertThat(response.status()).isGreaterThanOrEqualTo(400);
            assertThat(response.header("Tus-Resumable")).isEqualTo("1.0.0");
        }
    }
}
