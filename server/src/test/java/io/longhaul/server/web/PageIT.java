package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the packaged server hands out the page. */
@ExtendWith(SharedServer.class)
final class PageIT {

    private final ServerProcess server;
    private final HttpClient client = HttpClient.newHttpClient();

    PageIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void showsThePageAtTheRoot() throws Exception {
        var page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(text(page)).contains("<title>Longhaul");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/sw.js", "/manifest.webmanifest"})
    void letsTheBrowserAskAgainForWhatKeepsItsName(String path) throws Exception {
        var first = get(path);
        var second = get(path, "If-None-Match", header(first, "ETag"));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(first.headers().firstValue("Last-Modified")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(304);
    }

    @Test
    void letsTheBrowserKeepWhatHasItsDigestInItsName() throws Exception {
        var script = get(script());

        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(header(script, "Cache-Control"))
                .contains("max-age=31536000", "public", "immutable");
        assertThat(header(script, "Content-Type")).startsWith("text/javascript");
    }

    @Test
    void compressesScriptsForBrowsersThatTakeIt() throws Exception {
        String path = script();
        var plain = get(path);
        var compressed = get(path, "Accept-Encoding", "gzip");

        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(compressed, "Vary")).containsIgnoringCase("Accept-Encoding");
        try (var content = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(content.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void namesTheTypeOfTheManifest() throws Exception {
        assertThat(header(get("/manifest.webmanifest"), "Content-Type"))
                .startsWith("application/manifest+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sw.js"})
    void letsThePageRunAndLoadItsOwnFilesOnly(String path) throws Exception {
        var answer = get(path);

        assertThat(header(answer, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
                .contains("worker-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/assets/nothing.js", "/../pom.xml", "/assets/"})
    void hasNothingElse(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    private String script() throws Exception {
        Matcher name = Pattern.compile("/assets/[\\w.-]+\\.js").matcher(text(get("/")));
        assertThat(name.find()).isTrue();
        return name.group();
    }

    private HttpResponse<byte[]> get(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.origin().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }
}
