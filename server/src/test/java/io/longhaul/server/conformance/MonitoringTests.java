package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the people who run the server see of it. */
final class MonitoringTests extends TusTranscript {

    private double metric(String line) throws IOException {
        RawResponse response = exchange("GET", "/actuator/prometheus");
        assertThat(response.status()).isEqualTo(200);
        return response.text()
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static String events(String event) {
        return "longhaul_uploads_events_total{event=\"%s\"}".formatted(event);
    }

    private void assertCounts(String metric, double before, double more) {
        await().untilAsserted(() -> assertThat(metric(metric)).isEqualTo(before + more));
    }

    @Test
    void countsWhatHappensToUploads() throws IOException {
        double created = metric(events("created"));
        double completed = metric(events("completed"));
        double terminated = metric(events("terminated"));
        double received = metric("longhaul_bytes_received_total");
        double appends = metric("longhaul_append_duration_seconds_count");

        String path = create("Upload-Length: 10");
        append(path, 0, "hello");
        append(path, 5, "world");
        exchange("DELETE", create("Upload-Length: 1"));

        assertCounts(events("created"), created, 2);
        assertCounts(events("completed"), completed, 1);
        assertCounts(events("terminated"), terminated, 1);
        assertCounts("longhaul_bytes_received_total", received, 10);
        assertCounts("longhaul_append_duration_seconds_count", appends, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"offset-mismatch", "length-exceeded"})
    void countsRefusedRequestsByCode(String code) throws IOException {
        String metric = "longhaul_requests_refused_total{code=\"%s\"}".formatted(code);
        double before = metric(metric);
        String path = create("Upload-Length: 3");

        RawResponse response = append(path, code.equals("offset-mismatch") ? 2 : 0, "hello");

        assertThat(response.text()).startsWith(code);
        assertCounts(metric, before, 1);
    }

    @Test
    void showsTheSpaceThatIsLeft() throws IOException {
        assertThat(metric("longhaul_content_usable_bytes")).isPositive();
        assertThat(metric("longhaul_uploads_active")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/liveness", "/readiness"})
    void saysThatItIsWell(String probe) throws IOException {
        RawResponse response = exchange("GET", "/actuator/health" + probe);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains("\"status\":\"UP\"");
    }
}
