package io.longhaul.server.differential;

import java.util.List;

/** Requests in order, each sent on a connection of its own. */
record Scenario(String name, List<Step> steps) {

    Scenario {
        steps = List.copyOf(steps);
    }

    static Scenario of(String name, Step... steps) {
        return new Scenario(name, List.of(steps));
    }

    /** How the list of differences names a step. */
    String label(int index) {
        return "%d %s".formatted(index + 1, steps.get(index).method());
    }

    @Override
    public String toString() {
        return name;
    }
}
