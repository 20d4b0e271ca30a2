package io.longhaul.server.core.holder;

import io.longhaul.server.core.upload.UploadId;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The request that may change an upload now. Its own thread tells how it is getting on and heeds
 * what it is asked; other threads ask it to checkpoint or to let go. Closing it lets go.
 */
public final class Holder implements AutoCloseable {

    private final UploadId id;
    private final Holders holders;
    private final boolean appends;
    private final String key;
    private final Runnable wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean waiting;
    private long waitingSince;
    private long busySince = System.nanoTime();
    private boolean checkpointAsked;
    private @Nullable LetGo letGo;
    private boolean released;
    private boolean tookOver;

    private Holder(UploadId id, Holders holders, boolean appends, String key, Runnable wake) {
        this.id = id;
        this.holders = holders;
        this.appends = appends;
        this.key = key;
        this.wake = wake;
    }

    /** One that adds bytes. */
    static Holder appending(UploadId id, Holders holders, String key, Runnable wake) {
        return new Holder(id, holders, true, key, wake);
    }

    /** One that ends the upload, or looks whether it has to. */
    static Holder ending(UploadId id, Holders holders) {
        return new Holder(id, holders, false, "", Holder::nobodyToWake);
    }

    private static void nobodyToWake() {}

    /** The upload that is held. */
    public UploadId id() {
        return id;
    }

    /** What records call the node of this holder; empty when no other can ask it. */
    public Optional<String> node() {
        return holders.others().self();
    }

    public HolderTiming timing() {
        return holders.timing();
    }

    /** Whether another request had to let go for this one. */
    public boolean tookOver() {
        return tookOver;
    }

    void markTookOver() {
        tookOver = true;
    }

    /** Says that the holder waits for its client from now on, unless it did already. */
    public void waiting() {
        lock.lock();
        try {
            if (!waiting) {
                waiting = true;
                waitingSince = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says that something has arrived from the client. */
    public void received() {
        lock.lock();
        try {
            waiting = false;
            busySince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** Says that something has come from the client, though the holder goes on waiting. */
    public void stirred() {
        lock.lock();
        try {
            waitingSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** Why the holder should let go; empty while nobody asked. */
    public Optional<LetGo> letGoAsked() {
        lock.lock();
        try {
            return Optional.ofNullable(letGo);
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits for what has arrived to be committed. */
    public boolean checkpointAsked() {
        lock.lock();
        try {
            return checkpointAsked;
        } finally {
            lock.unlock();
        }
    }

    /** Says that what has arrived is committed, or cannot be yet. */
    public void checkpointed() {
        lock.lock();
        try {
            checkpointAsked = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go: the next request may have the upload. */
    @Override
    public void close() {
        holders.release(this);
        lock.lock();
        try {
            released = true;
            checkpointAsked = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it adds bytes. */
    boolean appends() {
        return appends;
    }

    /** The client's name for the request that holds; empty when it gave none. */
    String key() {
        return key;
    }

    /** How long the holder has waited for its client, in nanoseconds; zero when it is busy. */
    long waitedNanos() {
        lock.lock();
        try {
            return waiting ? System.nanoTime() - waitingSince : 0;
        } finally {
            lock.unlock();
        }
    }

    /** How long the holder has been busy with what came last, in nanoseconds. */
    long busyNanos() {
        lock.lock();
        try {
            return waiting ? 0 : System.nanoTime() - busySince;
        } finally {
            lock.unlock();
        }
    }

    void askToLetGo(LetGo reason) {
        lock.lock();
        try {
            if (letGo == null) {
                letGo = reason;
            }
        } finally {
            lock.unlock();
        }
        wake.run();
    }

    /** Asks for a commit and waits until it is done, the holder has let go, or time is up. */
    void awaitCheckpoint(long nanos) throws InterruptedException {
        lock.lock();
        try {
            checkpointAsked = !released;
        } finally {
            lock.unlock();
        }
        wake.run();
        lock.lock();
        try {
            long left = nanos;
            while (checkpointAsked && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the holder to let go, for {@link #nudge}, or for some time; the caller looks again.
     */
    @SuppressWarnings("WaitNotInLoop")
    void awaitChange(long nanos) throws InterruptedException {
        lock.lock();
        try {
            if (!released) {
                long _ = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the holder has let go or time is up.
     *
     * @return whether it has let go
     */
    boolean awaitRelease(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!released && left > 0) {
                left = changed.awaitNanos(left);
            }
            return released;
        } finally {
            lock.unlock();
        }
    }

    /** Makes those who wait for this holder look again. */
    void nudge() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
