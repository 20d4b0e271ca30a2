package io.longhaul.client.cli.progress;

import io.longhaul.client.cli.shell.ByteCount;
import io.longhaul.client.cli.shell.Shell;
import io.longhaul.client.cli.shell.Text;
import io.longhaul.client.cli.shell.TimeSpan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Plain lines for logs: the start, every ten percent or ten seconds, trouble, the end. */
final class LineView implements ProgressView {

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();
    private static final int STEP = 10;

    private final Shell shell;
    private final LongSupplier nanoTime;
    private final Map<Integer, Told> told = new HashMap<>();

    /** What was said of a transfer last. */
    private record Told(long time, int step, Optional<String> trouble) {}

    LineView(Shell shell, LongSupplier nanoTime) {
        this.shell = shell;
        this.nanoTime = nanoTime;
    }

    @Override
    public void started(Transfer transfer) {
        told.put(transfer.id(), new Told(nanoTime.getAsLong(), 0, Optional.empty()));
        String length =
                transfer.length().isPresent()
                        ? ByteCount.format(transfer.length().getAsLong())
                        : "length not known";
        print(transfer, "started, " + length);
    }

    @Override
    public void update(List<Transfer> running, Totals totals) {
        running.forEach(this::update);
    }

    @Override
    public void complete(Transfer transfer, Completion completion) {
        told.remove(transfer.id());
        print(transfer, "complete, " + completion.summary() + ": " + completion.place());
    }

    @Override
    public void failed(Transfer transfer, String code, String message) {
        told.remove(transfer.id());
        print(transfer, "failed: " + message);
    }

    @Override
    public void interrupted(Transfer transfer) {
        print(transfer, "stopped, " + amount(transfer));
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

    private void update(Transfer transfer) {
        Told last = told.getOrDefault(transfer.id(), new Told(0, 0, Optional.empty()));
        long now = nanoTime.getAsLong();
        int step = transfer.percent().orElse(0) / STEP;
        boolean troubled = transfer.trouble().isPresent();
        boolean news = troubled != last.trouble().isPresent();
        boolean reached = step > last.step() && step < 100 / STEP;
        if (!news && !reached && now - last.time() < INTERVAL) {
            return;
        }
        told.put(transfer.id(), new Told(now, step, transfer.trouble()));
        print(transfer, troubled ? waiting(transfer) : amount(transfer) + speed(transfer));
    }

    private static String waiting(Transfer transfer) {
        return "waiting at "
                + amount(transfer)
                + ": "
                + transfer.trouble().orElse("")
                + "; trying again";
    }

    private static String amount(Transfer transfer) {
        String durable = ByteCount.format(transfer.durable());
        if (transfer.length().isEmpty()) {
            return durable;
        }
        return transfer.percent().orElse(0)
                + " % ("
                + durable
                + " of "
                + ByteCount.format(transfer.length().getAsLong())
                + ")";
    }

    private static String speed(Transfer transfer) {
        if (transfer.rate().isEmpty()) {
            return "";
        }
        String rate = ", " + ByteCount.rate(transfer.rate().getAsDouble());
        return transfer.secondsLeft().isPresent()
                ? rate + ", ETA " + TimeSpan.clock(transfer.secondsLeft().getAsLong())
                : rate;
    }

    private void print(Transfer transfer, String text) {
        shell.err().println(Text.printable(transfer.name() + ": " + text));
        shell.err().flush();
    }
}
