package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTests {

    private static final CrossOriginSettings NAMED =
            new CrossOriginSettings(
                    true,
                    List.of("https://app.example"),
                    List.of("https://*.team.example", "http://localhost:[*]"),
                    true,
                    List.of("Tus-Resumable", "Upload-Offset"),
                    Duration.ofMinutes(10));

    private static RawResponse exchange(CrossOriginSettings settings, String request)
            throws Exception {
        CrossOrigin crossOrigin = new CrossOrigin(settings);
        try (HandlerServer server = HandlerServer.answering(crossOrigin::apply);
                RawConnection connection = server.connect()) {
            return connection.exchange(request);
        }
    }

    private static String get(String origin) {
        return "GET / HTTP/1.1\nHost: localhost\nOrigin: " + origin;
    }

    private static String preflight(String origin, String... headers) {
        return "OPTIONS / HTTP/1.1\nHost: localhost\nOrigin: "
                + origin
                + "\nAccess-Control-Request-Method: PATCH\n"
                + String.join("\n", headers);
    }

    private static List<String> names(RawResponse response) {
        return response.headers().stream()
                .map(RawResponse.Field::name)
                .filter(name -> name.startsWith("Access-Control-"))
                .toList();
    }

    @Test
    void everyOriginMayReadByDefault() throws Exception {
        RawResponse response = exchange(CrossOriginSettings.DEFAULT, get("https://a.example"));

        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(response.header("Vary")).isNull();
        assertThat(names(response))
                .containsExactlyInAnyOrder(
                        "Access-Control-Allow-Origin", "Access-Control-Expose-Headers");
    }

    @Test
    void exposesEveryHeaderOfTheProtocolsAndOfDownloads() throws Exception {
        RawResponse response = exchange(CrossOriginSettings.DEFAULT, get("https://a.example"));

        assertThat(response.required("Access-Control-Expose-Headers").split(", ", -1))
                .containsExactlyInAnyOrder(
                        "Upload-Offset",
                        "Upload-Length",
                        "Upload-Defer-Length",
                        "Upload-Metadata",
                        "Upload-Expires",
                        "Upload-Concat",
                        "Upload-Complete",
                        "Upload-Limit",
                        "Upload-Draft-Interop-Version",
                        "Location",
                        "Tus-Version",
                        "Tus-Resumable",
                        "Tus-Max-Size",
                        "Tus-Extension",
                        "Tus-Checksum-Algorithm",
                        "Retry-After",
                        "ETag",
                        "Content-Disposition",
                        "Content-Range",
                        "Accept-Ranges",
                        "Content-Length",
                        "Last-Modified");
    }

    @Test
    void answersAPreflightWithWhatIsAskedFor() throws Exception {
        RawResponse response =
                exchange(
                        CrossOriginSettings.DEFAULT,
                        preflight(
                                "https://a.example",
                                "Access-Control-Request-Headers: content-type,tus-resumable",
                                "Access-Control-Request-Headers: x-other, bad header, b@d"));

        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.header("Access-Control-Allow-Methods"))
                .isEqualTo("POST, HEAD, PATCH, DELETE, GET, OPTIONS");
        assertThat(response.header("Access-Control-Allow-Headers"))
                .isEqualTo("content-type, tus-resumable, x-other");
        assertThat(response.header("Access-Control-Max-Age")).isEqualTo("86400");
        assertThat(response.header("Vary"))
                .isEqualTo("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    @Test
    void allowsNoHeadersWhenNoneAreAskedFor() throws Exception {
        RawResponse response =
                exchange(CrossOriginSettings.DEFAULT, preflight("https://a.example"));

        assertThat(response.header("Access-Control-Allow-Methods")).isNotNull();
        assertThat(response.header("Access-Control-Allow-Headers")).isNull();
    }

    @Test
    void optionsWithoutARequestedMethodIsNoPreflight() throws Exception {
        RawResponse response =
                exchange(
                        CrossOriginSettings.DEFAULT,
                        get("https://a.example").replace("GET", "OPTIONS"));

        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.header("Access-Control-Allow-Methods")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example",
                "https://a.team.example",
                "https://a.b.team.example",
                "http://localhost:3000"
            })
    void namesTheOriginThatIsAllowed(String origin) throws Exception {
        RawResponse response = exchange(NAMED, get(origin));

        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(response.header("Vary")).isEqualTo("Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example",
                "https://app.example:8443",
                "https://app.example.evil",
                "https://team.example",
                "https://evilteam.example",
                "null",
                "",
                "https://app.example\nOrigin: https://app.example"
            })
    void tellsOtherOriginsNothing(String origin) throws Exception {
        RawResponse answer = exchange(NAMED, get(origin));
        RawResponse preflight = exchange(NAMED, preflight(origin));

        assertThat(names(answer)).isEmpty();
        assertThat(answer.header("Vary")).isEqualTo("Origin");
        assertThat(names(preflight)).isEmpty();
        assertThat(preflight.header("Vary"))
                .isEqualTo("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    @Test
    void answersWithoutAnOriginVaryToo() throws Exception {
        RawResponse response = exchange(NAMED, "GET / HTTP/1.1\nHost: localhost");

        assertThat(names(response)).isEmpty();
        assertThat(response.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void allowsTheConfiguredHeadersForTheConfiguredTime() throws Exception {
        RawResponse response =
                exchange(
                        NAMED,
                        preflight(
                                "https://app.example", "Access-Control-Request-Headers: x-other"));

        assertThat(response.header("Access-Control-Allow-Headers"))
                .isEqualTo("Tus-Resumable, Upload-Offset");
        assertThat(response.header("Access-Control-Max-Age")).isEqualTo("600");
    }

    @Test
    void addsToTheVaryHeaderThatIsThere() throws Exception {
        CrossOrigin crossOrigin = new CrossOrigin(NAMED);
        try (HandlerServer server =
                        HandlerServer.answering(
                                (request, response) -> {
                                    response.getHeaders().add(HttpHeader.VARY, "Accept");
                                    crossOrigin.apply(request, response);
                                });
                RawConnection connection = server.connect()) {
            assertThat(connection.exchange(get("https://app.example")).header("Vary"))
                    .isEqualTo("Accept, Origin");
        }
    }

    @Test
    void addsNothingWhenItIsOff() throws Exception {
        CrossOriginSettings off =
                new CrossOriginSettings(
                        false, List.of("*"), List.of(), false, List.of(), Duration.ZERO);

        RawResponse response = exchange(off, preflight("https://a.example"));

        assertThat(names(response)).isEmpty();
        assertThat(response.header("Vary")).isNull();
    }

    @Test
    void refusesCredentialsForEveryOrigin() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new CrossOriginSettings(
                                        true,
                                        List.of("*"),
                                        List.of(),
                                        true,
                                        List.of(),
                                        Duration.ZERO))
                .withMessageContaining("name the origins");
    }

    @Test
    void everyOriginByPatternWithCredentialsIsNamed() throws Exception {
        CrossOriginSettings settings =
                new CrossOriginSettings(
                        true, List.of(), List.of("*"), true, List.of(), Duration.ZERO);

        RawResponse response = exchange(settings, get("https://a.example"));

        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://a.example");
        assertThat(response.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    }
}
