package io.longhaul.client.cli.transfer;

import io.longhaul.client.CompletedUpload;
import io.longhaul.client.UploadException;
import io.longhaul.client.cli.progress.Completion;
import io.longhaul.client.cli.progress.Meter;
import io.longhaul.client.cli.progress.ProgressView;
import io.longhaul.client.cli.progress.Totals;
import io.longhaul.client.cli.progress.Transfer;
import io.longhaul.client.cli.shell.ExitCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs uploads, a few at a time, and shows how far they are. Results come in the order in which the
 * uploads were given. One thread runs; another may stop it.
 */
final class UploadRun {

    /**
     * What a stop left.
     *
     * @param kept uploads that another process can go on with
     * @param lost begun, but nothing of them is kept
     * @param waiting not begun
     */
    record Stopped(int kept, int lost, int waiting) {}

    private static final long FRAME_MILLIS = 100;
    private static final String NONE = "";

    private final ProgressView view;
    private final List<PendingUpload> all;
    private final int concurrency;
    private final List<RunningUpload> running = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();
    private final Map<Integer, String> results = new TreeMap<>();
    private final Semaphore ends = new Semaphore(0);
    private final Meter meter = new Meter();
    private final long length;
    private long shown = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    private int begun;
    private int told;
    private long endedBytes;
    private boolean stopped;

    UploadRun(ProgressView view, List<PendingUpload> all, int concurrency) {
        this.view = view;
        this.all = all;
        this.concurrency = concurrency;
        this.length = all.stream().mapToLong(one -> one.length().orElse(0)).sum();
    }

    /** Runs all of them, and returns the exit code. */
    int run() throws InterruptedException {
        while (step()) {
            if (ends.tryAcquire(FRAME_MILLIS, TimeUnit.MILLISECONDS)) {
                ends.drainPermits();
            }
        }
        return ExitCode.together(codes);
    }

    /**
     * Stops what runs and shows where it is. Nothing is shown after that.
     *
     * @return what was not complete
     */
    synchronized Stopped stop() {
        settle();
        stopped = true;
        running.forEach(one -> one.upload().pause());
        running.forEach(one -> view.interrupted(one.look(System.nanoTime())));
        int kept = (int) running.stream().filter(UploadRun::isKept).count();
        view.close();
        return new Stopped(kept, running.size() - kept, all.size() - begun);
    }

    /** Whether another process can go on with it. */
    private static boolean isKept(RunningUpload one) {
        return one.pending().resumable() && one.upload().url().isPresent();
    }

    /** Whether there is more to do. */
    private synchronized boolean step() {
        if (stopped) {
            return true;
        }
        settle();
        while (running.size() < concurrency && begun < all.size()) {
            begin(begun++);
        }
        boolean more = !running.isEmpty();
        if (more) {
            show();
        } else {
            view.close();
        }
        return more;
    }

    private void begin(int id) {
        PendingUpload pending = all.get(id);
        Transfer transfer = Transfer.begun(id, pending.name(), pending.length());
        view.started(transfer);
        try {
            running.add(new RunningUpload(id, pending, pending.start().get(), ends::release));
        } catch (RuntimeException e) {
            failed(id, transfer, e);
        }
    }

    private void settle() {
        for (Iterator<RunningUpload> each = running.iterator(); each.hasNext(); ) {
            RunningUpload one = each.next();
            if (one.ended()) {
                each.remove();
                ended(one);
            }
        }
    }

    private void ended(RunningUpload one) {
        Transfer last = one.look(System.nanoTime());
        try {
            CompletedUpload done = one.result().join();
            endedBytes += done.length();
            codes.add(ExitCode.OK);
            String url = done.url().toString();
            view.complete(last, new Completion(url, done.length(), done.sent(), done.elapsed()));
            tell(one.id(), url);
        } catch (CompletionException e) {
            failed(one.id(), last, e.getCause() == null ? e : e.getCause());
        }
    }

    private void failed(int id, Transfer transfer, Throwable failure) {
        codes.add(ExitCode.of(failure));
        String code = failure instanceof UploadException known ? known.code() : "failure";
        endedBytes += transfer.length().orElse(0);
        view.failed(transfer, code, message(failure));
        tell(id, NONE);
    }

    private static String message(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /** Results wait for those of the uploads before them. */
    private void tell(int id, String result) {
        results.put(id, result);
        while (results.containsKey(told)) {
            String next = results.remove(told++);
            if (next != null && !next.equals(NONE)) {
                view.result(next);
            }
        }
    }

    private void show() {
        long now = System.nanoTime();
        if (now - shown < TimeUnit.MILLISECONDS.toNanos(FRAME_MILLIS)) {
            return;
        }
        shown = now;
        List<Transfer> looks = running.stream().map(one -> one.look(now)).toList();
        long durable = endedBytes + looks.stream().mapToLong(Transfer::durable).sum();
        long moved = endedBytes + looks.stream().mapToLong(Transfer::moved).sum();
        meter.sample(now, moved);
        int ended = begun - running.size();
        view.update(
                looks,
                new Totals(
                        all.size(), ended, durable, moved, Math.max(length, moved), meter.rate()));
    }
}
