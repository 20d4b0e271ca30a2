package io.longhaul.client.cli.bench.cell;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was done and what failed. Not thread-safe: each worker has one, and they are added up. */
public final class Tally {

    private long operations;
    private long bytes;
    private long failures;
    private @Nullable String firstFailure;
    private long[] latencies = {};
    private int latencyCount;

    /** Counts an operation that ended well and carried so many bytes. */
    public void done(long length) {
        operations++;
        bytes += length;
    }

    /** Counts an operation that ended well, with the nanoseconds that it took. */
    public void done(long length, long nanos) {
        done(length);
        if (latencyCount == latencies.length) {
            latencies = Arrays.copyOf(latencies, Math.max(64, latencyCount * 2));
        }
        latencies[latencyCount++] = nanos;
    }

    /** Counts bytes that are no operation of their own. */
    public void sent(long length) {
        bytes += length;
    }

    public void failed(Throwable failure) {
        String message = failure.getMessage();
        failed(message == null ? failure.getClass().getSimpleName() : message);
    }

    public void failed(String failure) {
        failures++;
        if (firstFailure == null) {
            firstFailure = failure;
        }
    }

    public void add(Tally other) {
        operations += other.operations;
        bytes += other.bytes;
        failures += other.failures;
        if (firstFailure == null) {
            firstFailure = other.firstFailure;
        }
        long[] all = Arrays.copyOf(latencies, latencyCount + other.latencyCount);
        System.arraycopy(other.latencies, 0, all, latencyCount, other.latencyCount);
        latencies = all;
        latencyCount = all.length;
    }

    public long operations() {
        return operations;
    }

    public long bytes() {
        return bytes;
    }

    public long failures() {
        return failures;
    }

    public Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    /** Nanoseconds, in ascending order. */
    public long[] latencies() {
        long[] sorted = Arrays.copyOf(latencies, latencyCount);
        Arrays.sort(sorted);
        return sorted;
    }
}
