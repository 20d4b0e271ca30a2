package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Errors: a code and a sentence as text, or as a problem for those who can read one (RFC 9457). */
class ErrorFormatTests extends CoreTranscript {

    private static JsonNode json(RawResponse response) {
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        return JsonMapper.builder().build().readTree(response.body());
    }

    @Test
    void isOneLineOfText() throws IOException {
        RawResponse response = exchange("GET", UNKNOWN, "Accept: text/html, */*;q=0.1");

        assertThat(response.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(response.text())
                .isEqualTo("upload-not-found: there is no such upload" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/problem+json",
                "application/json",
                "text/html, application/problem+json;q=0.9",
            })
    void isAProblemForThoseWhoAcceptIt(String accept) throws IOException {
        String upload = create("Upload-Length: 5");

        RawResponse response = append(upload, 3, "x", "Accept: " + accept);

        assertStatus(response, 409);
        JsonNode problem = json(response);
        assertThat(problem.get("status").intValue()).isEqualTo(409);
        assertThat(problem.get("code").stringValue()).isEqualTo("offset-mismatch");
        assertThat(problem.get("detail").stringValue())
                .isEqualTo("the request is for offset 3, the upload is at 0");
    }

    @Test
    void isAProblemForDownloadsToo() throws IOException {
        RawResponse response =
                send(bare("GET", create("Upload-Length: 5"), "Accept: application/problem+json"));

        assertStatus(response, 409);
        assertThat(json(response).get("code").stringValue()).isEqualTo("upload-incomplete");
    }

    @Test
    void whatTheClientSentIsQuoted() throws IOException {
        RawResponse response =
                exchange(
                        "POST",
                        "/files",
                        new byte[0],
                        "Accept: application/problem+json",
                        "Upload-Length: 5\",\"code\":\"x");

        assertStatus(response, 400);
        JsonNode problem = json(response);
        assertThat(problem.get("code").stringValue()).isEqualTo("invalid-number");
        assertThat(problem.get("detail").stringValue()).contains("5\",\"code\":\"x");
    }

    @Test
    void headHasNoBody() throws IOException {
        String upload = create("Upload-Length: 5");
        try (RawConnection connection = connect()) {
            for (String refused :
                    List.of(
                            head("HEAD", UNKNOWN),
                            head("HEAD", UNKNOWN, "Accept: application/problem+json"),
                            head("HEAD", "/files/none"),
                            head("HEAD", "/files"),
                            bare("HEAD", upload))) {
                RawResponse response = connection.exchange(refused);

                assertThat(response.status()).isBetween(400, 412);
                assertThat(response.header("Cache-Control")).isEqualTo("no-store");
            }
            assertStatus(connection.exchange(head("HEAD", upload)), 200);
        }
    }
}
