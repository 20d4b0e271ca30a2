package io.longhaul.server.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Times the operations of one port, failed ones too. Thread-safe. */
final class Timing {

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final ConcurrentMap<String, Timer> timers = new ConcurrentHashMap<>();

    Timing(MeterRegistry registry, String name, String description) {
        this.registry = registry;
        this.name = name;
        this.description = description;
    }

    /** Something that gives a value or fails. */
    @FunctionalInterface
    interface Operation<T> {
        T run() throws IOException;
    }

    /** Something that is done or fails. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    <T> T time(String operation, Operation<T> timed) throws IOException {
        Timer.Sample sample = Timer.start(registry);
        try {
            return timed.run();
        } finally {
            sample.stop(timer(operation));
        }
    }

    void time(String operation, Action timed) throws IOException {
        Timer.Sample sample = Timer.start(registry);
        try {
            timed.run();
        } finally {
            sample.stop(timer(operation));
        }
    }

    private Timer timer(String operation) {
        return timers.computeIfAbsent(
                operation,
                _ ->
                        Timer.builder(name)
                                .description(description)
                                .tag("operation", operation)
                                .register(registry));
    }
}
