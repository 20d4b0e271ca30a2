package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of uploads: unguessable, and anything else names none, whatever it looks like. */
class UploadPathTests extends CoreTranscript {

    static final List<String> NO_UPLOADS =
            List.of(
                    "/files/../x",
                    "/files/../../../etc/passwd",
                    "/files/%2e%2e/x",
                    "/files/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                    "/files/..%2fx",
                    "/files/..;/x",
                    "/files/.",
                    "/files/..",
                    "/files/%252e%252e",
                    "/files/%00",
                    "/files/" + "0".repeat(31) + "%00",
                    "/files/%2f",
                    "/files/%5c",
                    "/files/\\",
                    "/files/..\\x",
                    "/files//",
                    "/files//" + "0".repeat(32),
                    "/files/x",
                    "/files/" + "x".repeat(10_000),
                    "/files/" + "0".repeat(10_000),
                    "/files/" + "0".repeat(33),
                    "/files/" + "0".repeat(32) + "/",
                    "/files/" + "0".repeat(32) + "?query=" + "0".repeat(32),
                    "/files/" + "0".repeat(32) + ";x=y",
                    "/files/x?y",
                    "/files/%",
                    "/files/%zz",
                    "/files/%u002e",
                    "/files/%c0%af",
                    "/files/%ff",
                    "/files/\u00e9",
                    "/files/\ud83d\ude00",
                    "/files/'%20or%201=1",
                    "/files/<script>");

    private static Stream<String> odd(String path) {
        String id = path.substring("/files/".length());
        return Stream.of(
                "/files/" + id.toUpperCase(Locale.ROOT),
                "/files/%" + Integer.toHexString(id.charAt(0)) + id.substring(1),
                "/files/./" + id,
                "/files//" + id,
                "/files/x/../" + id,
                "/files%2f" + id,
                "/FILES/" + id,
                path + "/",
                path + "/x",
                path + ";x=y",
                path + "%00",
                path + "%20",
                path.substring(0, path.length() - 1));
    }

    private RawResponse ask(String method, String path) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.exchange(
                    head(method, path, BYTES, "Upload-Offset: 0", "Content-Length: 0"));
        }
    }

    @ParameterizedTest
    @FieldSource("NO_UPLOADS")
    void nameNothing(String path) throws IOException {
        for (String method : List.of("HEAD", "GET", "PATCH", "DELETE")) {
            RawResponse response = ask(method, path);

            assertThat(response.status()).as(method).isEqualTo(404);
            assertThat(response.header("Tus-Resumable")).isEqualTo("1.0.0");
            assertThat(response.header("Upload-Offset")).isNull();
        }
    }

    @Test
    void anUploadHasOneName() throws IOException {
        String upload = create("Upload-Length: 5");

        for (String path : odd(upload).toList()) {
            assertThat(ask("DELETE", path).status()).as(path).isEqualTo(404);
        }
        assertThat(offset(upload)).isZero();
    }

    @Test
    void aQueryDoesNotChangeTheName() throws IOException {
        String upload = create("Upload-Length: 5");

        assertStatus(exchange("HEAD", upload + "?token=x"), 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files", "/files/"})
    void theCollectionIsForCreating(String path) throws IOException {
        for (String method : List.of("HEAD", "GET", "PATCH", "DELETE", "PUT")) {
            RawResponse response = ask(method, path);

            assertThat(response.status()).as(method).isEqualTo(405);
            assertThat(response.header("Allow")).isEqualTo("OPTIONS, POST");
        }
        assertStatus(exchange("POST", path, "Upload-Length: 5", "Content-Length: 0"), 201);
    }

    @Test
    void anUploadCannotBePostedTo() throws IOException {
        String upload = create("Upload-Length: 5");

        for (String method : List.of("POST", "PUT", "TRACE")) {
            RawResponse response = ask(method, upload);

            assertThat(response.status()).as(method).isEqualTo(405);
            assertThat(response.header("Allow")).contains("PATCH");
        }
    }

    @Test
    void namesAreLongAndNeverTheSame() throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String upload = create("Upload-Length: 5");
            assertThat(upload).matches("/files/[0-9a-f]{32}");
            names.add(upload);
        }
        assertThat(names).hasSize(20);
    }
}
