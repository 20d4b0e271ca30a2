package io.longhaul.client.internal.engine;

import io.longhaul.client.UploadState;
import io.longhaul.client.internal.wire.Setback;
import io.longhaul.client.internal.wire.SetbackException;
import io.longhaul.client.internal.wire.StopSignal;
import io.longhaul.client.internal.wire.StoppedException;
import io.longhaul.client.internal.wire.TusServer;
import java.time.Duration;

/** Tries something until it works, waits between, and tells why. */
final class Attempts {

    /** Something to try. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws SetbackException, StoppedException;
    }

    /** Prepares for the next attempt. */
    @FunctionalInterface
    interface Reaction {
        /** Whether there is something better to try at once. */
        boolean to(Setback setback);
    }

    private static final int MAX_PATIENCE = 16;

    private final TusServer server;
    private final Duration stallTimeout;
    private final Recovery recovery;
    private final ProgressMeter meter;
    private final StopSignal stop;

    Attempts(TusServer server, RunContext run, StopSignal stop) {
        this.server = server;
        this.stallTimeout = run.settings().stallTimeout();
        this.recovery = new Recovery(run.settings().retryPolicy());
        this.meter = run.meter();
        this.stop = stop;
    }

    <T> T untilDone(Attempt<T> attempt) throws StoppedException {
        return untilDone(attempt, setback -> false);
    }

    <T> T untilDone(Attempt<T> attempt, Reaction reaction) throws StoppedException {
        while (true) {
            meter.state(UploadState.UPLOADING);
            try {
                return attempt.run();
            } catch (SetbackException e) {
                stop.check();
                if (!reaction.to(e.setback())) {
                    await(e);
                }
            }
        }
    }

    /** Bytes were acknowledged. */
    void progressed() {
        recovery.progressed();
    }

    private void await(SetbackException exception) throws StoppedException {
        Duration wait = recovery.after(exception);
        if (exception.setback().kind() == Setback.Kind.NETWORK) {
            beMorePatient();
        }
        if (!wait.isZero()) {
            meter.waiting(exception.setback().message());
            stop.sleep(wait);
        }
    }

    /** A slow network or server may need longer than the stall timeout to move at all. */
    private void beMorePatient() {
        Duration most = stallTimeout.multipliedBy(MAX_PATIENCE);
        Duration twice = server.stallTimeout().multipliedBy(2);
        server.stallTimeout(twice.compareTo(most) < 0 ? twice : most);
    }
}
