package io.longhaul.server.app;

import io.longhaul.server.core.holder.Holders;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Makes appends under way commit and let go when the server stops, before the web server waits for
 * its requests to end.
 */
final class HolderShutdown implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HolderShutdown.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(10);

    private final Holders holders;
    private volatile boolean running;

    HolderShutdown(Holders holders) {
        this.holders = holders;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        holders.stop();
        try {
            while (holders.count() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(STEP);
            }
        } catch (InterruptedException _) { // then the rest stops at once as well
            Thread.currentThread().interrupt();
        }
        if (holders.count() > 0) {
            log.warn("{} appends did not let go in {}", holders.count(), PATIENCE);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Later phases stop first. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
    }
}
