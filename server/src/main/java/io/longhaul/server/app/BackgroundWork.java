package io.longhaul.server.app;

import io.longhaul.server.core.service.OutboxRelay;
import io.longhaul.server.core.service.Uploads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What the server does by itself: it delivers the outbox, expires uploads and deletes content that
 * a crash left without a record. Each has a thread of its own, which outlives failures.
 */
final class BackgroundWork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BackgroundWork.class);
    private static final Duration OUTBOX_PATIENCE = Duration.ofSeconds(10);

    /** For what is told at the very end, as part of the time that a stop may take. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration ORPHAN_INTERVAL = Duration.ofDays(1);
    private static final Duration ORPHAN_AGE = Duration.ofDays(1);
    private static final int BATCH = 500;

    private final Uploads uploads;
    private final OutboxRelay relay;
    private final Duration sweepInterval;
    private final List<Thread> threads = new ArrayList<>();

    BackgroundWork(Uploads uploads, OutboxRelay relay, Duration sweepInterval) {
        this.uploads = uploads;
        this.relay = relay;
        this.sweepInterval = sweepInterval;
    }

    @Override
    public synchronized void start() {
        run("longhaul-outbox", this::deliver);
        run("longhaul-sweep", this::sweep);
        run("longhaul-orphans", this::deleteOrphans);
    }

    @Override
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException _) { // the threads end with the process
            Thread.currentThread().interrupt();
        }
        threads.clear();
        deliverRest();
    }

    /**
     * What was announced while the threads ended would else wait for the next start; so does what
     * cannot be told in time.
     */
    private void deliverRest() {
        Thread last = Thread.ofVirtual().name("longhaul-outbox").start(this::deliverOnce);
        try {
            if (!last.join(REST)) {
                last.interrupt();
                last.join();
            }
        } catch (InterruptedException _) { // the thread ends with the process
            Thread.currentThread().interrupt();
        }
    }

    private void deliverOnce() {
        try {
            relay.deliver();
        } catch (IOException e) {
            log.warn("Events are left in the outbox for the next start", e);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
    }

    /** One round of work, which ends by waiting for the next. */
    private interface Round {
        void run() throws Exception;
    }

    private void run(String name, Round round) {
        threads.add(Thread.ofVirtual().name(name).start(() -> repeat(name, round)));
    }

    private static void repeat(String name, Round round) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    round.run();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception | Error e) { // whatever it was, the next round may do better
                    if (Thread.currentThread().isInterrupted()) {
                        log.debug("{} was stopped in the middle", name, e);
                        return;
                    }
                    log.error("{} failed and will be tried again", name, e);
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException _) { // the server is stopping
            log.debug("{} has stopped", name);
        }
    }

    private void deliver() throws Exception {
        relay.deliver();
        relay.await(OUTBOX_PATIENCE);
    }

    private void sweep() throws Exception {
        int changed;
        do {
            changed = uploads.sweep(BATCH);
        } while (changed > 0);
        Thread.sleep(sweepInterval);
    }

    private void deleteOrphans() throws Exception {
        int deleted = uploads.deleteOrphans(ORPHAN_AGE);
        if (deleted > 0) {
            log.info("Deleted the content of {} uploads that had no record", deleted);
        }
        Thread.sleep(ORPHAN_INTERVAL);
    }
}
