package io.longhaul.server.simulation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How often what happened, so that it can be told, and seen that it was enough. Thread-safe. */
final class Figures {

    /** What is counted. */
    enum Kind {
        UPLOADS,
        COMPLETE,
        TERMINATED,
        DESERTED,
        REQUESTS,
        CALLS,
        CRASHES,
        PAUSES,
        LOST_ANSWERS,
        LOST_REQUESTS,
        REFUSED_CALLS,
        LATE_CALLS,
        NODE_CALLS,
        NODE_SILENCES,
        TAKEOVERS,
        TAKEN_OVER,
        CUT_BODIES,
        REQUESTS_LEFT_BEHIND,
        WRONG_DIGESTS,
        REPEATED_CREATIONS,
        SWEEPS,
        ORPHANS
    }

    private final long began = System.nanoTime();
    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

    Figures() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    void count(Kind kind) {
        add(kind, 1);
    }

    void add(Kind kind, long more) {
        counts.getOrDefault(kind, new LongAdder()).add(more);
    }

    long of(Kind kind) {
        return counts.getOrDefault(kind, new LongAdder()).sum();
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(each -> "%d %s".formatted(each.getValue().sum(), name(each.getKey())))
                .collect(
                        Collectors.joining(
                                ", ",
                                "",
                                " in %.1f s".formatted((System.nanoTime() - began) / 1e9)));
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
