package io.longhaul.server.testing.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Many who write one object at once, under the same condition.
 *
 * @param winners what they wrote, each something else
 * @param refusals the statuses that the others got
 */
record S3Race(List<String> winners, List<Integer> refusals) {

    static final int WRITERS = 16;

    /** Runs one. */
    static S3Race in(TestBucket bucket, String key, Consumer<PutObjectRequest.Builder> condition)
            throws Exception {
        S3Race race = new S3Race(new ArrayList<>(), new ArrayList<>());
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITERS; i++) {
                String text = "writer " + i;
                writers.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    race.write(bucket, key, text, condition);
                                    return null;
                                }));
            }
        }
        for (Future<?> each : writers) {
            each.get();
        }
        return race;
    }

    private void write(
            TestBucket bucket,
            String key,
            String text,
            Consumer<PutObjectRequest.Builder> condition) {
        try {
            bucket.put(key, text, condition);
            synchronized (this) {
                winners.add(text);
            }
        } catch (S3Exception e) {
            synchronized (this) {
                refusals.add(e.statusCode());
            }
        }
    }
}
