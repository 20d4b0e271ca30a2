package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BucketOpeningTests {

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
    void opensABucketThatHeedsConditionsAndLeavesNothingInIt() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT);
                S3Bucket bucket = BucketOpening.open(properties(store))) {
            assertThat(bucket.list("", "", 10).entries()).isEmpty();
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
