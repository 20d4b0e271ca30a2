package io.longhaul.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one cell measured at one peer.
 *
 * @param notOffered why it was not measured, if the peer lacks what the cell needs
 * @param firstFailure what the first of the failures was, if there were any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PeerResult(
        String peer,
        @Nullable String notOffered,
        long operations,
        long failures,
        @Nullable String firstFailure,
        List<Figure> figures) {

    /** A result without failures. */
    public static PeerResult of(String peer, long operations, List<Figure> figures) {
        return new PeerResult(peer, null, operations, 0, null, figures);
    }

    /** A cell that could not be measured. */
    public static PeerResult failed(String peer, Exception failure) {
        return new PeerResult(peer, null, 0, 1, failure.toString(), List.of());
    }

    /** A figure by its name. */
    public Optional<Figure> figure(String name) {
        return figures.stream().filter(figure -> figure.figure().equals(name)).findAny();
    }
}
