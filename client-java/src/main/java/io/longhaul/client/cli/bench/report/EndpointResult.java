package io.longhaul.client.cli.bench.report;

import io.longhaul.client.cli.bench.cell.Basis;
import io.longhaul.client.cli.bench.cell.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one cell measured at one endpoint, or why it could not. Not thread-safe. */
public final class EndpointResult {

    private final List<Round> rounds = new ArrayList<>();
    private final Tally total = new Tally();
    private @Nullable String notOffered;
    private int leftBehind;

    public void add(Round round) {
        rounds.add(round);
        total.add(round.tally());
    }

    /** A round that could not even begin. */
    public void failed(Exception failure) {
        total.failed(failure);
    }

    public void notOffered(@Nullable String reason) {
        notOffered = Objects.requireNonNullElse(reason, "not offered");
    }

    /** Uploads that could not be deleted. */
    public void leftBehind(int uploads) {
        leftBehind += uploads;
    }

    public Optional<String> notOffered() {
        return Optional.ofNullable(notOffered);
    }

    public boolean hasFailures() {
        return total.failures() > 0;
    }

    /** Counts over all rounds. */
    Tally total() {
        return total;
    }

    public int leftBehind() {
        return leftBehind;
    }

    List<Figure> figures(Basis basis) {
        return Figures.of(basis, rounds);
    }
}
