package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3Mode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a store everything that the server needs of it, and prints what it found. It writes some 70
 * MiB below {@code probe/}, and deletes them.
 */
public final class S3StoreCheck {

    /** More than at a start, as here somebody waits for a good answer. */
    private static final int ROUNDS = 10;

    private static final int WRITERS = 16;

    /** After which nothing more is asked. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final S3Bucket bucket;
    private final Duration expiry;
    private final InstantSource clock;
    private final Scratch scratch;

    /**
     * @param expiry how long an incomplete upload lives after its last accepted byte
     */
    public S3StoreCheck(S3Bucket bucket, Duration expiry) {
        this(bucket, expiry, InstantSource.system());
    }

    S3StoreCheck(S3Bucket bucket, Duration expiry, InstantSource clock) {
        this.bucket = bucket;
        this.expiry = expiry;
        this.clock = clock;
        scratch = new Scratch(bucket);
    }

    /** Runs all checks, once. A store that does not answer is enough for nothing. */
    public Enough run(PrintStream out) {
        Report report = new Report(out);
        report.begin(bucket);
        try {
            Tries.of(() -> bucket.put(scratch.key(), new byte[1], S3Condition.NONE));
        } catch (IOException e) {
            return report.unusable(bucket, e);
        }
        try {
            ask(report);
        } catch (IOException e) {
            return report.unusable(bucket, e);
        } finally {
            report.cleaned(scratch.prefix(), clean());
        }
        return report.end();
    }

    private void ask(Report report) throws IOException {
        long begun = System.nanoTime();
        conditions().forEach(report::add);
        for (Check each : checks()) {
            if (System.nanoTime() - begun > LIMIT.toNanos()) {
                throw new IOException(
                        "it took more than %d min to answer".formatted(LIMIT.toMinutes()));
            }
            report.add(each.name(), each.run());
        }
        lifecycle().forEach(each -> report.add("lifecycle", each));
    }

    private Map<String, Finding> conditions() throws IOException {
        S3Conditions found = new S3Probe(bucket, ROUNDS, WRITERS).run();
        Map<String, Finding> findings = new LinkedHashMap<>();
        findings.put("If-None-Match: *", finding(found.create(), Grade.NOT_FOR_RECORDS));
        findings.put("If-Match", finding(found.replace(), neededFor(found)));
        found.best().ifPresent(mode -> findings.put("records", finding(mode)));
        return findings;
    }

    private static Finding finding(Verdict verdict, Grade otherwise) {
        return Finding.of(
                verdict == Verdict.ATOMIC,
                "%s (%d races of %d)".formatted(verdict.words(), ROUNDS, WRITERS),
                otherwise,
                verdict.words());
    }

    private static Grade neededFor(S3Conditions found) {
        return found.suffice(S3Mode.CREATE_ONLY) ? Grade.WARNING : Grade.NOT_FOR_RECORDS;
    }

    private static Finding finding(S3Mode mode) {
        String text = "changed by conditional writes (%s)".formatted(mode);
        return switch (mode) {
            case REPLACE -> Finding.ok(text);
            case CREATE_ONLY ->
                    new Finding(Grade.WARNING, text + ", with a list for each read and write");
        };
    }

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.addAll(new ObjectChecks(bucket, scratch).all());
        checks.addAll(new MultipartChecks(bucket, scratch).all());
        checks.add(new Check("clock", Grade.WARNING, new StoreClock(bucket.raw(), clock)::compare));
        checks.addAll(new SpeedChecks(bucket, scratch).all());
        return checks;
    }

    private List<Finding> lifecycle() throws IOException {
        List<String> warnings = new S3Lifecycle(bucket).warnings(expiry);
        return warnings.isEmpty()
                ? List.of(Finding.ok("the bucket's rules delete nothing too early"))
                : warnings.stream().map(text -> new Finding(Grade.WARNING, text)).toList();
    }

    private String clean() {
        try {
            int left = Tries.of(scratch::clear);
            return left == 0 ? "" : "%d objects or multipart uploads".formatted(left);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
