package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.LonghaulApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application with the settings that it is delivered with. */
class ApplicationTests {

    @TempDir static Path temporary;

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void startTheApplication() {
        application =
                SpringApplication.run(
                        LonghaulApplication.class,
                        "--server.port=0",
                        "--longhaul.data-dir=" + temporary);
    }

    @AfterAll
    static void stopTheApplication() {
        application.close();
    }

    @Test
    void saysThatItIsAliveAndReady() throws Exception {
        assertThat(get("/actuator/health/liveness").body()).contains("\"UP\"");
        assertThat(get("/actuator/health/readiness").body()).contains("\"UP\"");
    }

    @Test
    void showsItsMetricsToPrometheus() throws Exception {
        assertThat(get("/actuator/prometheus").body())
                .contains("longhaul_uploads_events_total{event=\"completed\"} 0.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void showsNothingElseOfItsInside() throws Exception {
        assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/heapdump").statusCode()).isEqualTo(404);
    }

    @Test
    void answersErrorsWithoutAPageOrAStackTrace() throws Exception {
        HttpResponse<String> answer = get("/nowhere");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContainIgnoringCase("whitelabel").doesNotContain("\tat ");
    }

    @Test
    void listensOnTheLoopbackAddress() {
        assertThat(application.getEnvironment().getProperty("server.address"))
                .isEqualTo("127.0.0.1");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        String port = application.getEnvironment().getProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    BodyHandlers.ofString());
        }
    }
}
