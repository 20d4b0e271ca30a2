package io.longhaul.server.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Catches one request on its way through a {@link FlakyProxy}, or the answer to it; neither goes
 * any further. It looks at the beginning of what is read at once, as of clients that send a request
 * when they have the answer to the one before. Thread-safe.
 */
public final class Trap {

    static final Trap NONE = new Trap(_ -> false, false);

    private static final int LONGEST_LINE = 1_024;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Predicate<String> requestLine;
    private final boolean forAnswer;
    private final AtomicBoolean sprung = new AtomicBoolean();
    private final CountDownLatch caught = new CountDownLatch(1);

    /**
     * @param requestLine whether a request is meant, by its method, its path and its version
     * @param forAnswer whether the request gets through, and the answer is caught
     */
    Trap(Predicate<String> requestLine, boolean forAnswer) {
        this.requestLine = requestLine;
        this.forAnswer = forAnswer;
    }

    /** Whether these bytes begin the request that is meant; of several the first. */
    boolean isFor(byte[] bytes, int count) {
        int looked = Math.min(count, LONGEST_LINE);
        String text = new String(bytes, 0, looked, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\r');
        return end > 0
                && requestLine.test(text.substring(0, end))
                && sprung.compareAndSet(false, true);
    }

    boolean isForAnswer() {
        return forAnswer;
    }

    void hasCaught() {
        caught.countDown();
    }

    /** Waits until it is caught. */
    public void await() throws InterruptedException {
        if (!caught.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no such request came");
        }
    }
}
