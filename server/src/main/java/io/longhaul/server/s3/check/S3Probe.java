package io.longhaul.server.s3.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3Object;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds out what a store makes of the conditions {@code If-None-Match: *} and {@code If-Match} when
 * writing: first one after another, then with writers at the same time. And whether a list shows at
 * once what was written and deleted. A store that is not atomic may pass by luck, the more rarely
 * the more rounds there are. Some small objects below {@code probe/} are written, and deleted in
 * the end; only a process that is killed leaves them. Thread-safe.
 */
public final class S3Probe {

    /** For a start: 76 calls. */
    private static final int ROUNDS = 3;

    private static final int WRITERS = 8;

    private final S3Bucket bucket;
    private final int rounds;
    private final int writers;

    public S3Probe(S3Bucket bucket) {
        this(bucket, ROUNDS, WRITERS);
    }

    S3Probe(S3Bucket bucket, int rounds, int writers) {
        this.bucket = bucket;
        this.rounds = rounds;
        this.writers = writers;
    }

    /**
     * Asks the store.
     *
     * @throws IOException when it does not answer, or refuses every write; this takes about a
     *     minute at most
     */
    public S3Conditions run() throws IOException {
        Run run = new Run();
        Verdict create;
        Verdict replace;
        boolean listed;
        try {
            create = run.create();
            replace = run.replace();
            listed = run.lists();
        } finally {
            run.end();
        }
        return new S3Conditions(create, replace, listed, run.calls.get(), run.time());
    }

    /** One run; not thread-safe. */
    private final class Run {

        private final long begun = System.nanoTime();
        private final AtomicInteger calls = new AtomicInteger();
        private final Scratch scratch = new Scratch(bucket);

        private Duration time() {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        private Verdict create() throws IOException {
            Verdict alone = Tries.of(this::createAlone);
            return alone == Verdict.ATOMIC
                    ? races(() -> new Start(scratch.key(), S3Condition.ABSENT))
                    : alone;
        }

        private Verdict createAlone() throws IOException {
            String key = scratch.key();
            if (done(key, "1", S3Condition.ABSENT).isEmpty()) {
                return Verdict.REFUSED;
            }
            return done(key, "2", S3Condition.ABSENT).isPresent()
                    ? Verdict.IGNORED
                    : Verdict.ATOMIC;
        }

        private Verdict replace() throws IOException {
            Verdict alone = Tries.of(this::replaceAlone);
            return alone == Verdict.ATOMIC ? races(this::replaced) : alone;
        }

        private Verdict replaceAlone() throws IOException {
            Start start = replaced();
            if (done(start.key(), "1", start.condition()).isEmpty()) {
                return Verdict.REFUSED;
            }
            return done(start.key(), "2", start.condition()).isPresent() || !is(start.key(), "1")
                    ? Verdict.IGNORED
                    : Verdict.ATOMIC;
        }

        private Start replaced() throws IOException {
            String key = scratch.key();
            calls.incrementAndGet();
            String etag = bucket.put(key, "0".getBytes(UTF_8), S3Condition.NONE);
            return new Start(key, new S3Condition.Unchanged(etag));
        }

        /** Writes once; the ETag when it was done. */
        private Optional<String> done(String key, String text, S3Condition condition)
                throws IOException {
            calls.incrementAndGet();
            return switch (Attempt.at(bucket, key, text.getBytes(UTF_8), condition)) {
                case Attempt.Done done -> Optional.of(done.etag());
                case Attempt.Lost _ -> Optional.empty();
                case Attempt.Unclear unclear -> throw unclear.failure();
                case Attempt.Refused refused -> {
                    checkWritable(refused.answer());
                    yield Optional.empty();
                }
            };
        }

        /** A store that refuses all writes does so not because of a condition. */
        private void checkWritable(S3RefusedException answer) throws IOException {
            try {
                replaced();
            } catch (S3RefusedException e) {
                e.addSuppressed(answer);
                throw e;
            }
        }

        private boolean is(String key, String text) throws IOException {
            calls.incrementAndGet();
            return bucket.get(key)
                    .map(S3Object::bytes)
                    .map(each -> new String(each, UTF_8))
                    .equals(Optional.of(text));
        }

        private Verdict races(Tries.Question<Start> start) throws IOException {
            for (int round = 0; round < rounds; round++) {
                if (!Tries.of(() -> hasOneWinner(start.ask()))) {
                    return Verdict.NOT_ATOMIC;
                }
            }
            return Verdict.ATOMIC;
        }

        private boolean hasOneWinner(Start start) throws IOException {
            calls.addAndGet(writers + 1);
            return new Race(bucket, start.key(), start.condition()).hasOneWinner(writers);
        }

        private boolean lists() throws IOException {
            for (int round = 0; round < rounds; round++) {
                if (!Tries.of(this::listsOne)) {
                    return false;
                }
            }
            return true;
        }

        /** Whether a list shows what was written, with its ETag, until it is deleted. */
        private boolean listsOne() throws IOException {
            String key = scratch.key();
            calls.addAndGet(4);
            String etag = bucket.put(key, "0".getBytes(UTF_8), S3Condition.NONE);
            boolean shown = isListed(key, etag);
            bucket.delete(List.of(key));
            return shown && !isListed(key, etag);
        }

        private boolean isListed(String key, String etag) throws IOException {
            return bucket.list(key, "", 1).entries().stream()
                    .anyMatch(found -> found.key().equals(key) && found.etag().equals(etag));
        }

        private void end() {
            calls.incrementAndGet();
            try {
                scratch.deleteKeys();
            } catch (IOException _) {
                // A few bytes stay; what was found out is as true.
            }
        }
    }

    /** Where a race begins. */
    private record Start(String key, S3Condition condition) {}
}
