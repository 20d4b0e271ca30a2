package io.longhaul.client.cli.progress;

import io.longhaul.client.cli.shell.Shell;
import java.util.List;

/** Says what failed, and nothing else but results. */
final class QuietView implements ProgressView {

    private final Shell shell;

    QuietView(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void started(Transfer transfer) {
        // Quiet.
    }

    @Override
    public void update(List<Transfer> running, Totals totals) {
        // Quiet.
    }

    @Override
    public void complete(Transfer transfer, Completion completion) {
        // Quiet.
    }

    @Override
    public void failed(Transfer transfer, String code, String message) {
        shell.say(transfer.name() + ": " + message);
    }

    @Override
    public void interrupted(Transfer transfer) {
        // The sentence at the end says it.
    }

    @Override
    public void say(String sentence) {
        shell.say(sentence);
    }

    @Override
    public void result(String line) {
        shell.out().println(line);
        shell.out().flush();
    }
}
