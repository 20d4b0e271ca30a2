package io.longhaul.client.cli.download;

import io.longhaul.client.RetryPolicy;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.TimeSpan;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits between attempts, as a policy says, and gives up when it says so. Not thread-safe. */
public final class Patience {

    private static final long MAX_RETRY_AFTER = Duration.ofDays(1).toSeconds();

    private final RetryPolicy policy;
    private int attempts;
    private long since = System.nanoTime();

    public Patience(RetryPolicy policy) {
        this.policy = policy;
    }

    /** Something moved: the count begins anew. */
    void renew() {
        attempts = 0;
        since = System.nanoTime();
    }

    /**
     * Waits for the next attempt.
     *
     * @throws CommandException when there is to be none
     */
    void await(String trouble, Optional<Duration> asked) {
        Duration wait = asked.orElseGet(this::random);
        Duration spent = Duration.ofNanos(System.nanoTime() - since);
        if (spent.plus(wait).compareTo(policy.retryFor()) > 0) {
            throw new CommandException(
                    ExitCode.NETWORK,
                    "given up after " + TimeSpan.format(spent) + " without a byte: " + trouble);
        }
        attempts++;
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
        }
    }

    private Duration random() {
        double bound =
                Math.min(
                        (double) policy.maxDelay().toMillis(),
                        (double) policy.firstDelay().toMillis() * Math.pow(2, attempts));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong((long) bound + 1));
    }

    /** Retry-After in seconds (RFC 9110, 10.2.3); a date is as good as nothing. */
    static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .map(seconds -> Duration.ofSeconds(Math.min(seconds, MAX_RETRY_AFTER)));
    }
}
