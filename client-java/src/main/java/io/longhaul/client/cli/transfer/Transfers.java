package io.longhaul.client.cli.transfer;

import io.longhaul.client.cli.progress.ProgressView;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import java.util.List;

/** Runs uploads to their ends, or until Ctrl-C, after which it says how to go on. */
public final class Transfers {

    private Transfers() {}

    /**
     * Runs uploads.
     *
     * @param resume the command that goes on with what was stopped
     * @return the exit code
     */
    public static int run(
            List<PendingUpload> uploads, int concurrency, ProgressView view, String resume) {
        var run = new UploadRun(view, uploads, concurrency);
        var hook = new Thread(() -> stop(run, view, resume), "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return run.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
        } finally {
            release(hook);
        }
    }

    /** The process ends with 130 by itself: that is what Java does after SIGINT. */
    private static void stop(UploadRun run, ProgressView view, String resume) {
        UploadRun.Stopped stopped = run.stop();
        if (stopped.kept() > 0) {
            view.say("stopped; go on with: " + resume);
        }
        int rest = stopped.lost() + stopped.waiting();
        if (rest > 0) {
            view.say(
                    rest
                            + (rest == 1 ? " upload was" : " uploads were")
                            + " not begun, or cannot be resumed: give them to"
                            + " longhaul upload again");
        }
    }

    private static void release(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Ctrl-C came at the very end: the hook has run, or will.
        }
    }
}
