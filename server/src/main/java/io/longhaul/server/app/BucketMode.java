package io.longhaul.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.s3.S3RefusedException;
import io.longhaul.server.s3.check.S3Conditions;
import io.longhaul.server.s3.check.S3Probe;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How records in a bucket are changed: what the first server finds best is kept there for all. */
final class BucketMode {

    private static final Logger log = LoggerFactory.getLogger(BucketMode.class);
    private static final String KEY = "longhaul-records";

    private BucketMode() {}

    /** Settles it, and refuses a store that does not do what it takes. */
    static void settle(S3Bucket bucket) throws IOException {
        S3Conditions found = new S3Probe(bucket).run();
        S3Mode mode = kept(bucket).orElse(null);
        if (mode == null) {
            keep(bucket, best(bucket, found));
            mode = of(bucket);
        }
        if (!found.suffice(mode)) {
            throw new StartupException(
                    found.problem(bucket, mode),
                    "Let it do that again, or %s.".formatted(new BucketHome(bucket).remedy()));
        }
        log.info(
                "Records are changed by conditional writes ({}): the store does what that takes, as {} calls in {} ms have"
                        + " shown",
                mode,
                found.calls(),
                found.time().toMillis());
    }

    private static S3Mode best(S3Bucket bucket, S3Conditions found) {
        return found.best()
                .orElseThrow(() -> new StartupException(found.problem(bucket), found.remedy()));
    }

    private static void keep(S3Bucket bucket, S3Mode mode) throws IOException {
        try {
            bucket.put(KEY, mode.toString().getBytes(UTF_8), S3Condition.ABSENT);
        } catch (S3RefusedException e) {
            if (!e.conditionFailed()) {
                throw e;
            }
            // Another server was first.
        }
    }

    /** What was settled. */
    static S3Mode of(S3Bucket bucket) throws IOException {
        return kept(bucket).orElseThrow(() -> new IOException("%s is not there".formatted(KEY)));
    }

    private static Optional<S3Mode> kept(S3Bucket bucket) throws IOException {
        var kept = bucket.get(KEY);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        String word = new String(kept.get().bytes(), UTF_8).strip();
        Optional<S3Mode> mode =
                Arrays.stream(S3Mode.values())
                        .filter(each -> each.toString().equals(word))
                        .findFirst();
        if (mode.isEmpty()) {
            throw new IOException("%s says '%s', which is not known".formatted(KEY, word));
        }
        return mode;
    }
}
