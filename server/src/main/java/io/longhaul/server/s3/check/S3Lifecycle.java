package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Raw;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;

/** The rules by which the store itself deletes what is in a bucket. Thread-safe. */
public final class S3Lifecycle {

    /** A store looks once a day, and begins at midnight. */
    private static final int SPARE_DAYS = 2;

    private final S3Raw raw;

    public S3Lifecycle(S3Bucket bucket) {
        raw = bucket.raw();
    }

    /**
     * What is wrong with the rules, a sentence or two each; empty for nothing.
     *
     * @param expiry how long an incomplete upload lives after its last accepted byte
     * @throws IOException when the store does not answer; one that tells its rules to nobody is one
     *     more thing that is wrong
     */
    public List<String> warnings(Duration expiry) throws IOException {
        try {
            return warnings(Tries.of(this::rules), days(expiry) + SPARE_DAYS, expiry);
        } catch (S3RefusedException e) {
            return List.of(
                    "What the bucket's lifecycle rules delete cannot be told: %s."
                            .formatted(e.getMessage()));
        }
    }

    private static long days(Duration time) {
        return Math.ceilDiv(time.toSeconds(), Duration.ofDays(1).toSeconds());
    }

    private List<LifecycleRule> rules() throws IOException {
        try {
            return raw.call(
                            client ->
                                    client.getBucketLifecycleConfiguration(
                                            request -> request.bucket(raw.bucket())))
                    .rules();
        } catch (S3RefusedException e) {
            if (e.status() == 404 && !e.code().equals("NoSuchBucket")) {
                return List.of();
            }
            throw e;
        }
    }

    private List<String> warnings(List<LifecycleRule> rules, long days, Duration expiry) {
        List<String> warnings = new ArrayList<>();
        List<LifecycleRule> aborting =
                rules.stream()
                        .filter(rule -> abortDays(rule).isPresent() && concerns(rule))
                        .toList();
        aborting.stream()
                .filter(
                        rule ->
                                Duration.ofDays(abortDays(rule).orElseThrow()).compareTo(expiry)
                                        < 0)
                .map(rule -> abortsEarly(rule, days))
                .forEach(warnings::add);
        if (aborting.stream().noneMatch(rule -> raw.prefix().startsWith(prefix(rule)))) {
            warnings.add(
                    "No lifecycle rule of the bucket aborts incomplete multipart uploads: what the server cannot clean"
                            + " up any more stays. One of %d days or more would do so."
                                    .formatted(days));
        }
        rules.stream()
                .filter(S3Lifecycle::expires)
                .filter(this::concerns)
                .map(S3Lifecycle::deletes)
                .forEach(warnings::add);
        return warnings;
    }

    private static String abortsEarly(LifecycleRule rule, long days) {
        return ("The bucket's lifecycle rule %s aborts multipart uploads %d days after they began, sooner than the server"
                        + " gives up an upload: accepted bytes would be lost. Let it be %d days, and more than any upload"
                        + " takes.")
                .formatted(name(rule), abortDays(rule).orElseThrow(), days);
    }

    private static String deletes(LifecycleRule rule) {
        LifecycleExpiration expiration = rule.expiration();
        String when =
                expiration.days() == null
                        ? "from " + expiration.date()
                        : "%d days after they were written".formatted(expiration.days());
        return ("The bucket's lifecycle rule %s deletes objects %s, whatever the server has promised: uploads and records"
                        + " would be lost. Let it not cover what is below '%s'.")
                .formatted(name(rule), when, prefix(rule));
    }

    private static String name(LifecycleRule rule) {
        return rule.id() == null ? "without a name" : "'%s'".formatted(rule.id());
    }

    private static Optional<Integer> abortDays(LifecycleRule rule) {
        return Optional.ofNullable(rule.abortIncompleteMultipartUpload())
                .map(abort -> abort.daysAfterInitiation());
    }

    private static boolean expires(LifecycleRule rule) {
        LifecycleExpiration expiration = rule.expiration();
        return expiration != null && (expiration.days() != null || expiration.date() != null);
    }

    /** Whether something of ours may be what a rule is for. */
    private boolean concerns(LifecycleRule rule) {
        String prefix = prefix(rule);
        return rule.status() == ExpirationStatus.ENABLED
                && !needsTag(rule.filter())
                && !prefix.startsWith(raw.full(Scratch.ALL))
                && (raw.prefix().startsWith(prefix) || prefix.startsWith(raw.prefix()));
    }

    private static boolean needsTag(@Nullable LifecycleRuleFilter filter) {
        return filter != null
                && (filter.tag() != null || (filter.and() != null && filter.and().hasTags()));
    }

    @SuppressWarnings("deprecation") // some stores still answer so
    private static String prefix(LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        return Stream.of(
                        Optional.ofNullable(rule.prefix()),
                        Optional.ofNullable(filter).map(each -> each.prefix()),
                        Optional.ofNullable(filter)
                                .map(each -> each.and())
                                .map(each -> each.prefix()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }
}
