package io.longhaul.client.cli.progress;

import io.longhaul.client.cli.shell.Shell;
import java.util.List;

/** Shows people or programs how transfers are going. For one thread at a time. */
public interface ProgressView {

    void started(Transfer transfer);

    /** Called about ten times a second. */
    void update(List<Transfer> running, Totals totals);

    void complete(Transfer transfer, Completion completion);

    /**
     * A transfer ended without being complete.
     *
     * @param code a stable name of the reason
     * @param message the reason, in words
     */
    void failed(Transfer transfer, String code, String message);

    /** A transfer was stopped by Ctrl-C. */
    void interrupted(Transfer transfer);

    /** A sentence for people. */
    void say(String sentence);

    /** A line of the result, for other programs: the URL of an upload. */
    void result(String line);

    /** Leaves the terminal as it should be. */
    default void close() {}

    /** The view that fits: JSON and quiet when asked for, bars on a terminal, otherwise lines. */
    static ProgressView of(Shell shell, boolean json, boolean quiet) {
        if (json) {
            return new JsonView(shell, System::nanoTime);
        }
        if (quiet) {
            return new QuietView(shell);
        }
        return shell.terminal().interactive()
                ? new BarView(shell, new BarLayout(shell.terminal()))
                : new LineView(shell, System::nanoTime);
    }
}
