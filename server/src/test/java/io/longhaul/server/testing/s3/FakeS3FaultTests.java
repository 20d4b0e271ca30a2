package io.longhaul.server.testing.s3;

import static io.longhaul.server.testing.s3.TestBucket.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the fake store does when a test wants it to fail. */
final class FakeS3FaultTests extends FakeS3Fixture {

    FakeS3FaultTests() throws IOException {}

    @Test
    void canLoseAnAnswerAfterItDidWhatWasAsked() {
        store.faults(_ -> new S3Fault.AnswerLost());

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> bucket.put(KEY, "stored"));

        store.faults(_ -> S3Fault.NONE);
        assertThat(bucket.text(KEY)).isEqualTo("stored");
    }

    @Test
    void canLoseARequest() {
        store.faults(_ -> new S3Fault.RequestLost());

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> bucket.put(KEY, "x".repeat(1 << 20)));

        assertThat(store.keys()).isEmpty();
    }

    @Test
    void canBreakAnAnswerOff() {
        bucket.put(KEY, "x".repeat(1 << 20));
        store.faults(_ -> new S3Fault.AnswerCut());

        assertThatThrownBy(() -> bucket.text(KEY)).isInstanceOf(SdkClientException.class);
    }

    @Test
    void canRefuseAndBeLate() {
        store.faults(call -> call.key().equals("busy") ? S3Fault.slowDown() : S3Fault.NONE);
        bucket.put(KEY, "1");
        assertRefused(503, "SlowDown", () -> bucket.put("busy", "1"));

        Duration wait = Duration.ofMillis(200);
        store.faults(_ -> new S3Fault.Late(wait));
        long begun = System.nanoTime();
        bucket.put("busy", "2");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(wait);
    }
}
