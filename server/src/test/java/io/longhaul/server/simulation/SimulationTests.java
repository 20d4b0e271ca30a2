package io.longhaul.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.simulation.Figures.Kind;
import io.longhaul.server.testing.s3.S3Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients, nodes and the store do what a seed decides; in what order threads come to it, it does
 * not, so a seed that failed may have to be run more than once to fail again. Each world has a seed
 * of its own: {@code -Dsimulation.seed} sets that of the first one, {@code -Dsimulation.worlds} how
 * many there are, and {@code -Dsimulation.uploads} how many uploads each has.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class SimulationTests {

    private static final long SEED = Long.getLong("simulation.seed", 1);
    private static final int WORLDS = Integer.getInteger("simulation.worlds", 5);
    private static final int UPLOADS = Integer.getInteger("simulation.uploads", 400);

    /** While the clients of one world wait, those of another have something to do. */
    private static final int WORLDS_AT_ONCE = 2;

    private static final int CLIENTS_AT_ONCE = 96;
    private static final int SEEDS = 10;

    /** What has to happen, else nothing was tried. */
    private static final Set<Kind> ALWAYS =
            Set.of(
                    Kind.COMPLETE,
                    Kind.TERMINATED,
                    Kind.CRASHES,
                    Kind.PAUSES,
                    Kind.LOST_ANSWERS,
                    Kind.NODE_CALLS,
                    Kind.NODE_SILENCES,
                    Kind.TAKEOVERS,
                    Kind.TAKEN_OVER,
                    Kind.REPEATED_CREATIONS);

    @ParameterizedTest
    @EnumSource
    void everyUploadIsWhatItsClientWasToldWhateverGoesWrong(S3Mode mode) throws Exception {
        Figures figures = new Figures();
        List<Callable<List<String>>> worlds = new ArrayList<>();
        for (int i = 0; i < WORLDS; i++) {
            long seed = SEED + i;
            worlds.add(() -> violations(new World(seed, rules(mode), mode, figures), UPLOADS));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(WORLDS_AT_ONCE)) {
            long seed = SEED;
            for (Future<List<String>> world : threads.invokeAll(worlds)) {
                assertThat(world.get())
                        .as("with -Dsimulation.seed=%d -Dsimulation.worlds=1", seed++)
                        .isEmpty();
            }
        }
        System.out.printf("%s, seeds from %d on: %s%n", mode, SEED, figures);
        assertThat(ALWAYS).allSatisfy(kind -> assertThat(figures.of(kind)).isPositive());
    }

    @ParameterizedTest
    @EnumSource
    void wouldNoticeAStoreThatDoesNotHeedConditions(S3Mode mode) throws Exception {
        S3Rules careless = S3Rules.STRICT.withoutConditions();
        List<String> violations = List.of();
        for (int i = 0; i < SEEDS && violations.isEmpty(); i++) {
            violations = violations(new World(SEED + i, careless, mode, new Figures()), 200);
        }
        assertThat(violations).isNotEmpty();
    }

    /** A store that can do what a mode needs, and no more. */
    private static S3Rules rules(S3Mode mode) {
        return switch (mode) {
            case REPLACE -> S3Rules.STRICT;
            case CREATE_ONLY -> S3Rules.STRICT.createOnly();
        };
    }

    private static List<String> violations(World opened, int uploads) throws Exception {
        try (World world = opened) {
            List<SimulatedClient> clients = new ArrayList<>();
            for (int number = 0; number < uploads; number++) {
                clients.add(new SimulatedClient(world, world.seed(), number));
            }
            each(clients, SimulatedClient::run);
            world.calm();
            if (!world.violations().any()) {
                each(clients, SimulatedClient::finish);
            }
            world.settle();
            if (!world.violations().any()) {
                world.deliverAll();
                each(clients, SimulatedClient::check);
                world.check();
            }
            return world.violations().found();
        }
    }

    private static void each(List<SimulatedClient> clients, Consumer<SimulatedClient> work)
            throws InterruptedException, ExecutionException {
        Semaphore turns = new Semaphore(CLIENTS_AT_ONCE);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (SimulatedClient client : clients) {
                turns.acquire();
                running.add(threads.submit(() -> inTurn(turns, client, work)));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    private static void inTurn(
            Semaphore turns, SimulatedClient client, Consumer<SimulatedClient> work) {
        try {
            work.accept(client);
        } finally {
            turns.release();
        }
    }
}
