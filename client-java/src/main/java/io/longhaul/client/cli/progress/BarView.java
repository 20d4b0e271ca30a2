package io.longhaul.client.cli.progress;

import io.longhaul.client.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/** Draws a bar for each running transfer, again and again in the same place. */
final class BarView implements ProgressView {

    private static final String ERASE = "\r\u001b[2K";
    private static final String UP = "\u001b[1A";

    private final Shell shell;
    private final BarLayout layout;
    private List<String> drawn = List.of();

    BarView(Shell shell, BarLayout layout) {
        this.shell = shell;
        this.layout = layout;
    }

    @Override
    public void started(Transfer transfer) {
        // The next frame shows it.
    }

    @Override
    public void update(List<Transfer> running, Totals totals) {
        boolean many = totals.count() > 1;
        var lines = new ArrayList<String>();
        running.stream()
                .limit(layout.lines() - (many ? 1 : 0))
                .map(layout::line)
                .forEach(lines::add);
        if (many) {
            lines.add(layout.line(totals));
        }
        if (!lines.equals(drawn)) {
            draw(lines);
        }
    }

    @Override
    public void complete(Transfer transfer, Completion completion) {
        print(layout.sentence(transfer.name(), completion.summary()));
    }

    @Override
    public void failed(Transfer transfer, String code, String message) {
        // The whole of it: a line that wraps is better than a reason that is cut.
        erase();
        shell.say(transfer.name() + ": " + message);
    }

    @Override
    public void interrupted(Transfer transfer) {
        print(layout.line(transfer));
    }

    @Override
    public void say(String sentence) {
        erase();
        shell.say(sentence);
    }

    @Override
    public void result(String line) {
        erase();
        shell.out().println(line);
        shell.out().flush();
    }

    @Override
    public void close() {
        erase();
    }

    private void print(String line) {
        erase();
        shell.err().println(line);
        shell.err().flush();
    }

    private void draw(List<String> lines) {
        shell.err().print(erasing() + String.join("\n", lines));
        shell.err().flush();
        drawn = lines;
    }

    private void erase() {
        shell.err().print(erasing());
        shell.err().flush();
        drawn = List.of();
    }

    /** The cursor is at the end of the last line drawn. */
    private String erasing() {
        return drawn.isEmpty() ? "" : ERASE + (UP + ERASE).repeat(drawn.size() - 1);
    }
}
