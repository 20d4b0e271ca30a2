package io.longhaul.client.cli;

import io.longhaul.client.cli.download.Download;
import io.longhaul.client.cli.progress.Completion;
import io.longhaul.client.cli.progress.Meter;
import io.longhaul.client.cli.progress.ProgressView;
import io.longhaul.client.cli.progress.Totals;
import io.longhaul.client.cli.progress.Transfer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows a download, and says on Ctrl-C how to go on. */
final class DownloadProgress implements Download.Listener, AutoCloseable {

    private static final long FRAME = Duration.ofMillis(100).toNanos();

    private final ProgressView view;
    private final String name;
    private final long resumedAt;
    private final Meter meter = new Meter();
    private final long began = System.nanoTime();
    private final Thread hook = new Thread(this::interrupted, "interrupted");
    private long shown = began - FRAME;
    private Transfer last;

    DownloadProgress(ProgressView view, String name, long position) {
        this.view = view;
        this.name = name;
        this.resumedAt = position;
        this.last = Transfer.begun(0, name, OptionalLong.empty());
        view.started(last);
        if (position > 0) {
            view.say("going on with " + name + ".part at " + position + " bytes");
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public synchronized void moved(long position, OptionalLong length) {
        long now = System.nanoTime();
        meter.sample(now, position);
        last = transfer(position, length, Optional.empty());
        if (now - shown >= FRAME) {
            shown = now;
            show();
        }
    }

    @Override
    public synchronized void waiting(String trouble, long position, OptionalLong length) {
        last = transfer(position, length, Optional.of(trouble));
        show();
    }

    synchronized void complete(long length, boolean named) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        long moved = Math.max(0, length - resumedAt);
        view.complete(last, new Completion(name, length, moved, elapsed));
        if (named) {
            view.result(name);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            view.close();
        } catch (IllegalStateException e) {
            // Ctrl-C came at the very end: the hook says so.
        }
    }

    private synchronized void interrupted() {
        view.interrupted(last);
        view.close();
        view.say("stopped; the same command goes on where it was");
    }

    private Transfer transfer(long position, OptionalLong length, Optional<String> trouble) {
        return new Transfer(0, name, position, position, length, meter.rate(), trouble);
    }

    private void show() {
        long length = last.length().orElse(last.durable());
        view.update(
                List.of(last),
                new Totals(1, 0, last.durable(), last.moved(), length, meter.rate()));
    }
}
