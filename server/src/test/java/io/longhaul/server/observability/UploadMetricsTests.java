package io.longhaul.server.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.UploadId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UploadMetricsTests {

    private static final UploadId ID = UploadId.random();
    private static final Instant AT = Instant.EPOCH;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final UploadMetrics metrics = new UploadMetrics(registry);

    @Test
    void countsEachKindOfEvent() {
        metrics.onEvent(new UploadEvent.Created(ID, AT));
        metrics.onEvent(new UploadEvent.Created(ID, AT));
        metrics.onEvent(new UploadEvent.Completed(ID, AT, 7));
        metrics.onEvent(new UploadEvent.Terminated(ID, AT));
        metrics.onEvent(new UploadEvent.Expired(ID, AT));

        assertThat(events("created")).isEqualTo(2);
        assertThat(events("completed")).isEqualTo(1);
        assertThat(events("terminated")).isEqualTo(1);
        assertThat(events("expired")).isEqualTo(1);
    }

    @Test
    void countsBytesAndTimesAppends() {
        metrics.onAppend(100, Duration.ofSeconds(2));
        metrics.onAppend(0, Duration.ofSeconds(1));

        var appends = registry.get("longhaul.append.duration").timer();
        assertThat(count("longhaul.bytes.received")).isEqualTo(100);
        assertThat(appends.count()).isEqualTo(2);
        assertThat(appends.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void timesWaitsAndCountsTakeovers() {
        metrics.onWait(Duration.ofMillis(500));
        metrics.onTakeover();

        assertThat(registry.get("longhaul.holder.waits").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(500);
        assertThat(count("longhaul.holder.takeovers")).isEqualTo(1);
    }

    @Test
    void countsRefusalsByCode() {
        metrics.onRefusal("offset-mismatch");
        metrics.onRefusal("offset-mismatch");
        metrics.onRefusal("upload-held");

        assertThat(refused("offset-mismatch")).isEqualTo(2);
        assertThat(refused("upload-held")).isEqualTo(1);
    }

    @Test
    void showsWhatIsActiveNow() {
        AtomicInteger active = new AtomicInteger(3);
        metrics.showActive(active::get);

        assertThat(registry.get("longhaul.uploads.active").gauge().value()).isEqualTo(3);
        active.set(1);
        assertThat(registry.get("longhaul.uploads.active").gauge().value()).isEqualTo(1);
    }

    @Test
    void showsWhatTheStoreCanStillTake() {
        metrics.showUsable(new RecordingContentStore(1234));

        assertThat(registry.get("longhaul.content.usable").gauge().value()).isEqualTo(1234);
    }

    @Test
    void showsNoNumberWhenTheStoreDoesNotKnow() {
        metrics.showUsable(new RecordingContentStore(-1));

        assertThat(registry.get("longhaul.content.usable").gauge().value()).isNaN();
    }

    @Test
    void keepsItsNamesInPrometheus() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        UploadMetrics exported = new UploadMetrics(prometheus);
        exported.showUsable(new RecordingContentStore(1));
        exported.onRefusal("upload-held");
        exported.onEvent(new UploadEvent.Created(ID, AT));

        assertThat(prometheus.scrape())
                .contains("longhaul_uploads_events_total{event=\"created\"} 1.0")
                .contains("longhaul_uploads_events_total{event=\"completed\"} 0.0")
                .contains("longhaul_bytes_received_total 0.0")
                .contains("longhaul_append_duration_seconds_count 0")
                .contains("longhaul_holder_waits_seconds_count 0")
                .contains("longhaul_content_usable_bytes 1.0")
                .contains("longhaul_requests_refused_total{code=\"upload-held\"} 1.0");
    }

    private double count(String name) {
        return registry.get(name).counter().count();
    }

    private double events(String event) {
        return registry.get("longhaul.uploads.events").tag("event", event).counter().count();
    }

    private double refused(String code) {
        return registry.get("longhaul.requests.refused").tag("code", code).counter().count();
    }
}
