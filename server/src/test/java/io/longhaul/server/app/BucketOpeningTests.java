package io.longhaul.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Operation;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BucketOpeningTests {

    private static final String KEY = "longhaul-records";

    private static LonghaulProperties properties(FakeS3 store, String... more) {
        List<String> settings = new ArrayList<>(store.settings());
        settings.addAll(List.of(more));
        return LonghaulPropertiesTests.bind(settings.toArray(String[]::new));
    }

    private static StartupException refusal(LonghaulProperties properties) {
        return catchThrowableOfType(
                StartupException.class, () -> BucketOpening.open(properties).close());
    }

    @Test
    void opensABucketThatHeedsConditionsAndKeepsThatInIt() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT);
                S3Bucket bucket = BucketOpening.open(properties(store))) {
            assertThat(BucketMode.of(bucket)).isEqualTo(S3Mode.REPLACE);
            assertThat(store.keys()).containsExactly(KEY);
        }
    }

    @Test
    void opensABucketThatHeedsConditionsOfCreationsAlone() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT.createOnly());
                S3Bucket bucket = BucketOpening.open(properties(store))) {
            assertThat(BucketMode.of(bucket)).isEqualTo(S3Mode.CREATE_ONLY);
            assertThat(store.keys()).containsExactly(KEY);
        }
    }

    @Test
    void goesOnAsTheFirstServerBeganThoughTheStoreCanDoMoreNow() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            keep(store, "create-only");

            try (S3Bucket bucket = BucketOpening.open(properties(store))) {
                assertThat(BucketMode.of(bucket)).isEqualTo(S3Mode.CREATE_ONLY);
            }
        }
    }

    @Test
    void goesOnAsAServerBeganThatStartedAtTheSameTime() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            AtomicBoolean begun = new AtomicBoolean();
            store.faults(
                    call -> {
                        if (call.operation() == S3Operation.PUT_OBJECT
                                && call.key().equals(KEY)
                                && begun.compareAndSet(false, true)) {
                            keep(store, "create-only");
                        }
                        return S3Fault.NONE;
                    });

            try (S3Bucket bucket = BucketOpening.open(properties(store))) {
                assertThat(BucketMode.of(bucket)).isEqualTo(S3Mode.CREATE_ONLY);
            }
        }
    }

    @Test
    void refusesAStoreThatCanDoLessThanTheFirstServerFound() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT.createOnly())) {
            keep(store, "if-match");

            StartupException refusal = refusal(properties(store));

            assertThat(refusal)
                    .hasMessageContaining("if-match")
                    .hasMessageContaining("If-Match is");
            assertThat(refusal.remedy()).contains("longhaul.s3.prefix");
        }
    }

    @Test
    void refusesWhatANewerServerMayHaveBegun() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            keep(store, "otherwise");

            assertThat(refusal(properties(store))).hasMessageContaining("'otherwise'");
        }
    }

    private static void keep(FakeS3 store, String mode) {
        try (S3Bucket bucket = store.bucket("")) {
            String _ = bucket.put(KEY, mode.getBytes(UTF_8), S3Condition.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesRecordsInAStoreThatIgnoresConditions() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT.withoutConditions())) {
            StartupException refusal = refusal(properties(store));

            assertThat(refusal).hasMessageContaining("If-None-Match");
            assertThat(refusal.remedy()).contains("longhaul.catalog=postgresql");
        }
    }

    @Test
    void takesSuchAStoreWhenTheRecordsAreElsewhere() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT.withoutConditions())) {
            BucketOpening.open(
                            properties(
                                    store,
                                    "longhaul.catalog=postgresql",
                                    "longhaul.postgresql.url=jdbc:postgresql:uploads"))
                    .close();
        }
    }

    @Test
    void refusesABucketThatIsNotThereAndTellsNoSecret() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            StartupException refusal = refusal(properties(store, "longhaul.s3.bucket=other"));

            assertThat(refusal)
                    .hasMessageContaining("s3://other/")
                    .hasMessageContaining("NoSuchBucket")
                    .hasMessageNotContaining("hidden");
            assertThat(refusal.remedy()).contains("longhaul.s3.*");
        }
    }
}
