package io.longhaul.server.s3.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Many who write one object at the same time under one condition, which holds for one of them. */
record Race(S3Bucket bucket, String key, S3Condition condition) {

    /**
     * Runs it, and looks at what is there afterwards.
     *
     * @return whether one has won: no other was told so, and what is there is not of one who was
     *     told the contrary
     * @throws IOException when nobody has won
     */
    boolean hasOneWinner(int writers) throws IOException {
        List<Attempt> attempts = attempts(writers);
        Optional<Attempt> found =
                bucket.get(key)
                        .flatMap(object -> attempt(attempts, new String(object.bytes(), UTF_8)));
        long told = attempts.stream().filter(Attempt.Done.class::isInstance).count();
        if (told > 0) {
            return told == 1 && found.orElse(null) instanceof Attempt.Done;
        }
        // Who was told nothing may have won.
        return found.orElseThrow(() -> nobody(attempts)) instanceof Attempt.Unclear;
    }

    private static IOException nobody(List<Attempt> attempts) {
        String why =
                attempts.stream()
                        .flatMap(
                                each ->
                                        each instanceof Attempt.Unclear unclear
                                                ? Stream.of(
                                                        String.valueOf(
                                                                unclear.failure().getMessage()))
                                                : Stream.empty())
                        .findFirst()
                        .orElse("each was told that another one did");
        return new IOException(
                "of %d who wrote at the same time nobody could: %s"
                        .formatted(attempts.size(), why));
    }

    private static Optional<Attempt> attempt(List<Attempt> attempts, String text) {
        for (int i = 0; i < attempts.size(); i++) {
            if (text(i).equals(text)) {
                return Optional.of(attempts.get(i));
            }
        }
        return Optional.empty();
    }

    private static String text(int writer) {
        return "writer " + writer;
    }

    private List<Attempt> attempts(int writers) throws InterruptedIOException {
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Future<Attempt>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < writers; i++) {
                byte[] bytes = text(i).getBytes(UTF_8);
                running.add(threads.submit(() -> attempt(start, bytes)));
            }
        }
        List<Attempt> attempts = new ArrayList<>();
        for (Future<Attempt> each : running) {
            attempts.add(result(each));
        }
        return attempts;
    }

    private Attempt attempt(CyclicBarrier start, byte[] bytes)
            throws BrokenBarrierException, InterruptedException {
        start.await();
        return Attempt.at(bucket, key, bytes, condition);
    }

    private static Attempt result(Future<Attempt> done) throws InterruptedIOException {
        try {
            return done.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Tries.interrupted();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
