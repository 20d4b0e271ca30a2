package io.longhaul.server.core.holder;

import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The holders of this node: at most one per upload. A newer request evicts one that has stalled,
 * waits for one that is moving, and of several that wait the newest has its turn. Thread-safe.
 */
public final class Holders {

    /**
     * In which the end of an earlier request reaches its client before the repeated one goes on.
     */
    private static final Duration NOTICE = Duration.ofMillis(50);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** How long another node waits for an answer; it asks again. */
    private static final Duration ANSWER_AFTER = Duration.ofMillis(500);

    private final HolderTiming timing;
    private final UploadListener listener;
    private final OtherNodes others;
    private final ConcurrentMap<UploadId, Holder> holders = new ConcurrentHashMap<>();
    private final ConcurrentMap<UploadId, Holder> newest = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** The holders of the only node there is. */
    public Holders(HolderTiming timing, UploadListener listener) {
        this(timing, listener, OtherNodes.none());
    }

    public Holders(HolderTiming timing, UploadListener listener, OtherNodes others) {
        this.timing = timing;
        this.listener = listener;
        this.others = others;
    }

    public HolderTiming timing() {
        return timing;
    }

    /** The nodes whose requests may hold uploads as well. */
    public OtherNodes others() {
        return others;
    }

    /**
     * Ends the request that holds an upload if it is the same one, sent before: whoever repeats a
     * request has given up the earlier one. Waits until it has let go, for a bounded time, and some
     * more: Chromium 156 crashes when it is answered the repeated request before it sees the end of
     * the first.
     *
     * @param key the client's name for the request, not empty
     */
    public void supersede(UploadId id, String key) {
        Holder earlier = holders.get(id);
        if (earlier == null || !earlier.key().equals(key)) {
            return;
        }
        earlier.askToLetGo(LetGo.REPEATED);
        try {
            earlier.awaitRelease(timing.patience().toNanos());
            Thread.sleep(NOTICE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw held(e);
        }
    }

    /**
     * Becomes the holder, after evicting one that has stalled.
     *
     * @param key the client's name for the request; empty when it gave none
     * @param wake makes the holder's thread look at what it is asked; called by any thread
     * @throws UploadException.Held when the present holder keeps moving, or a still newer request
     *     waits
     * @throws UploadException.Stopping after {@link #stop}
     */
    public Holder acquire(UploadId id, String key, Runnable wake) {
        Holder mine = Holder.appending(id, this, key, wake);
        Holder held = holders.putIfAbsent(id, mine) == null ? mine : takeOver(mine, LetGo.TAKEOVER);
        if (stopping) { // looked at only now, so that either this or stop() sees the other
            held.close();
            throw new UploadException.Stopping();
        }
        return held;
    }

    /**
     * Becomes the holder after evicting any other at once: for what ends the upload.
     *
     * @throws UploadException.Held when the present holder does not let go in time
     */
    public Holder seize(UploadId id) {
        Holder mine = Holder.ending(id, this);
        return holders.putIfAbsent(id, mine) == null ? mine : takeOver(mine, LetGo.TERMINATION);
    }

    /** Becomes the holder unless there is one: for what may end the upload, but in no hurry. */
    public Optional<Holder> tryAcquire(UploadId id) {
        Holder mine = Holder.ending(id, this);
        return holders.putIfAbsent(id, mine) == null ? Optional.of(mine) : Optional.empty();
    }

    /**
     * Sees to it that a record read afterwards is fresh: a moving holder commits what has arrived
     * and goes on, one that has stalled lets go. Waits for a bounded time, and does nothing when
     * nobody holds the upload.
     */
    public void freshen(UploadId id) {
        Holder holder = holders.get(id);
        if (holder == null) {
            return;
        }
        if (holder.waitedNanos() >= timing.stall().toNanos()) {
            holder.askToLetGo(LetGo.TAKEOVER);
        }
        try {
            holder.awaitCheckpoint(timing.freshness().toNanos());
        } catch (InterruptedException _) { // the record as it is will do
            Thread.currentThread().interrupt();
        }
    }

    /** Has the holder of an upload do what another node asks; waits for a bounded time. */
    public OtherNodes.Answer asked(UploadId id, OtherNodes.Demand demand) {
        Holder holder = holders.get(id);
        if (holder == null || !holder.appends()) {
            return OtherNodes.Answer.DONE;
        }
        return switch (demand) {
            case CHECKPOINT -> {
                freshen(id);
                yield OtherNodes.Answer.DONE;
            }
            case LET_GO -> asked(holder, LetGo.TAKEOVER, timing.stall());
            case END -> asked(holder, LetGo.TERMINATION, Duration.ZERO);
        };
    }

    private OtherNodes.Answer asked(Holder holder, LetGo reason, Duration stall) {
        boolean stuck = holder.busyNanos() >= timing.stuck().toNanos();
        long wait = ANSWER_AFTER.toNanos();
        long untilStalled = stall.toNanos() - holder.waitedNanos();
        if (stuck || untilStalled <= 0) {
            holder.askToLetGo(reason);
        } else {
            wait = Math.min(wait, untilStalled);
        }
        try {
            if (holder.awaitRelease(wait)) {
                listener.onTakeover();
                return OtherNodes.Answer.DONE;
            }
        } catch (InterruptedException _) { // the server is stopping, and the holder lets go
            Thread.currentThread().interrupt();
        }
        return stuck ? OtherNodes.Answer.SILENT : OtherNodes.Answer.HELD;
    }

    /**
     * Asks every holder to commit what it has and let go, and refuses new ones from now on: the
     * server is stopping. Returns at once; {@link #count} tells how many are left.
     */
    public void stop() {
        stopping = true;
        holders.values().forEach(holder -> holder.askToLetGo(LetGo.STOPPING));
    }

    /**
     * For what needs no holder but is better done by the next server.
     *
     * @throws UploadException.Stopping after {@link #stop}
     */
    public void refuseWhenStopping() {
        if (stopping) {
            throw new UploadException.Stopping();
        }
    }

    /** Whether a request that adds bytes holds an upload now. */
    public boolean appending(UploadId id) {
        Holder holder = holders.get(id);
        return holder != null && holder.appends();
    }

    /** Whether any request holds an upload now. */
    public boolean held(UploadId id) {
        return holders.containsKey(id);
    }

    /** How many uploads are held now. */
    public int count() {
        return holders.size();
    }

    void release(Holder holder) {
        holders.remove(holder.id(), holder);
    }

    private Holder takeOver(Holder mine, LetGo reason) {
        long started = System.nanoTime();
        newest.put(mine.id(), mine);
        try {
            awaitTurn(mine, reason, started + timing.patience().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw held(e);
        } finally {
            newest.remove(mine.id(), mine);
            listener.onWait(Duration.ofNanos(System.nanoTime() - started));
        }
        mine.markTookOver();
        listener.onTakeover();
        return mine;
    }

    private void awaitTurn(Holder mine, LetGo reason, long deadline) throws InterruptedException {
        boolean takeover = reason == LetGo.TAKEOVER;
        long stall = takeover ? timing.stall().toNanos() : 0;
        Holder other = holders.putIfAbsent(mine.id(), mine);
        if (other != null) {
            other.nudge(); // an older request that waits for it gives way to this one
        }
        while (other != null) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || (takeover && newest.get(mine.id()) != mine)) {
                throw new UploadException.Held(RETRY_AFTER);
            }
            long untilStalled = stall - other.waitedNanos();
            if (untilStalled <= 0) {
                other.askToLetGo(reason);
                other.awaitChange(left);
            } else {
                other.awaitChange(Math.min(left, untilStalled));
            }
            other = holders.putIfAbsent(mine.id(), mine);
        }
    }

    private static UploadException.Held held(InterruptedException cause) {
        UploadException.Held held = new UploadException.Held(RETRY_AFTER);
        held.initCause(cause);
        return held;
    }
}
