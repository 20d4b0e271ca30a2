package io.longhaul.server.s3.check;

import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How fast a store is for one who asks it for one thing after another, and for a large object. */
final class SpeedChecks {

    private static final int CALLS = 20;
    private static final int PARTS = 4;
    private static final int PART = 8 << 20;

    private final S3Bucket bucket;
    private final Scratch scratch;

    SpeedChecks(S3Bucket bucket, Scratch scratch) {
        this.bucket = bucket;
        this.scratch = scratch;
    }

    List<Check> all() {
        return List.of(
                new Check("latency", Grade.WARNING, this::latency),
                new Check("throughput", Grade.WARNING, this::throughput));
    }

    private Finding latency() throws IOException {
        String key = scratch.key();
        byte[] bytes = new byte[1_000];
        double put = median(() -> bucket.put(key, bytes, S3Condition.NONE));
        double get = median(() -> bucket.get(key));
        double head = median(() -> bucket.length(key));
        return Finding.ok(
                String.format(
                        Locale.ROOT,
                        "PUT %.1f ms, GET %.1f ms, HEAD %.1f ms (median of %d)",
                        put,
                        get,
                        head,
                        CALLS));
    }

    private static double median(Tries.Question<?> call) throws IOException {
        double[] times = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            times[i] = Tries.of(() -> seconds(call)) * 1_000;
        }
        Arrays.sort(times);
        return times[CALLS / 2];
    }

    private static double seconds(Tries.Question<?> call) throws IOException {
        long begun = System.nanoTime();
        call.ask();
        return (System.nanoTime() - begun) / 1e9;
    }

    private Finding throughput() throws IOException {
        String key = scratch.key();
        String id = scratch.multipart(key);
        byte[] bytes = new byte[PART];
        new Random(1).nextBytes(bytes);
        List<String> etags = new ArrayList<>();
        double up = seconds(() -> etags.addAll(upload(key, id, S3Body.of(bytes))));
        double end = seconds(() -> complete(key, id, etags));
        double down = seconds(() -> download(key));
        return Finding.ok(
                "up %.0f MiB/s with %d parts at once, down %.0f MiB/s, completion %.0f ms"
                        .formatted(mebibytes() / up, PARTS, mebibytes() / down, end * 1_000));
    }

    private static double mebibytes() {
        return (double) PARTS * PART / (1 << 20);
    }

    private List<String> upload(String key, String id, S3Body part) throws IOException {
        List<Callable<String>> uploads = new ArrayList<>();
        for (int i = 1; i <= PARTS; i++) {
            int number = i;
            uploads.add(() -> bucket.multiparts().uploadPart(key, id, number, part));
        }
        List<String> etags = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> each : threads.invokeAll(uploads)) {
                etags.add(each.get());
            }
            return etags;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Tries.interrupted();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
    }

    private Void complete(String key, String id, List<String> etags) throws IOException {
        bucket.multiparts().complete(key, id, etags);
        return null;
    }

    private long download(String key) throws IOException {
        long length = (long) PARTS * PART;
        try (InputStream bytes =
                bucket.open(key, 0, length)
                        .orElseThrow(() -> new IOException("what was uploaded is not there"))) {
            return bytes.transferTo(OutputStream.nullOutputStream());
        }
    }
}
