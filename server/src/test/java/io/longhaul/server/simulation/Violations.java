package io.longhaul.server.simulation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What must never happen, and did. Thread-safe. */
final class Violations {

    private final List<String> found = new CopyOnWriteArrayList<>();

    void add(String what) {
        found.add(what);
    }

    List<String> found() {
        return List.copyOf(found);
    }

    boolean any() {
        return !found.isEmpty();
    }
}
