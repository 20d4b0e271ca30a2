package io.longhaul.server.s3.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;

@Timeout(60)
final class S3LifecycleTests {

    /** What makes a rule of an empty one. */
    private interface Change extends Consumer<LifecycleRule.Builder> {}

    private final FakeS3 store = FakeS3.start(S3Rules.STRICT);
    private final S3Bucket bucket = store.bucket("here/");

    S3LifecycleTests() throws IOException {}

    @AfterEach
    void close() {
        bucket.close();
        store.close();
    }

    private List<String> warnings() throws IOException {
        return new S3Lifecycle(bucket).warnings(Duration.ofDays(7));
    }

    /** Sets the bucket's rules, each for all objects unless it says otherwise. */
    private void rules(Change... rules) throws IOException {
        List<LifecycleRule> all =
                List.of(rules).stream()
                        .map(
                                each ->
                                        LifecycleRule.builder()
                                                .id("rule")
                                                .status(ExpirationStatus.ENABLED)
                                                .filter(_ -> {})
                                                .applyMutation(each)
                                                .build())
                        .toList();
        bucket.raw()
                .call(
                        client ->
                                client.putBucketLifecycleConfiguration(
                                        request ->
                                                request.bucket(FakeS3.BUCKET)
                                                        .lifecycleConfiguration(
                                                                each -> each.rules(all))));
    }

    private static void abortsAfter(LifecycleRule.Builder rule, int days) {
        rule.abortIncompleteMultipartUpload(after -> after.daysAfterInitiation(days));
    }

    private static void below(LifecycleRule.Builder rule, String prefix) {
        rule.filter(filter -> filter.prefix(prefix));
    }

    @Test
    void saysNothingOfRulesThatComeLater() throws IOException {
        rules(rule -> abortsAfter(rule, 9));

        assertThat(warnings()).isEmpty();
    }

    @Test
    void warnsOfARuleThatComesBeforeTheExpiry() throws IOException {
        rules(rule -> abortsAfter(rule, 6));

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("'rule'", "6 days after they began", "Let it be 9 days");
    }

    @Test
    void missesARuleWhereThereIsNone() throws IOException {
        assertThat(warnings()).singleElement().asString().startsWith("No lifecycle rule");
    }

    @Test
    void missesARuleForAllOfThePrefix() throws IOException {
        rules(
                rule -> {
                    abortsAfter(rule, 6);
                    below(rule, "other/");
                },
                rule -> {
                    abortsAfter(rule, 9);
                    rule.status(ExpirationStatus.DISABLED);
                },
                rule -> {
                    abortsAfter(rule, 9);
                    below(rule, "here/c/ab/");
                });

        assertThat(warnings()).singleElement().asString().startsWith("No lifecycle rule");
    }

    @Test
    void warnsOfARuleThatDeletesObjects() throws IOException {
        rules(
                rule -> abortsAfter(rule, 9),
                rule -> {
                    rule.expiration(after -> after.days(30));
                    below(rule, "here/");
                });

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("deletes objects 30 days after", "below 'here/'");
    }

    @Test
    void saysNothingOfRulesForOtherObjects() throws IOException {
        rules(
                rule -> abortsAfter(rule, 9),
                rule -> {
                    rule.expiration(after -> after.days(1));
                    below(rule, "here/probe/");
                },
                rule -> {
                    rule.expiration(after -> after.days(1));
                    rule.filter(
                            LifecycleRuleFilter.builder()
                                    .tag(tag -> tag.key("kind").value("other"))
                                    .build());
                });

        assertThat(warnings()).isEmpty();
    }

    @Test
    void saysThatTheRulesCannotBeRead() throws IOException {
        store.faults(_ -> new S3Fault.Refused(403, "AccessDenied"));

        assertThat(warnings()).singleElement().asString().contains("cannot be told", "403");
    }
}
