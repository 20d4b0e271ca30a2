package io.longhaul.client.cli.bench;

import io.longhaul.client.cli.bench.cell.Amount;
import io.longhaul.client.cli.bench.cell.Cell;
import io.longhaul.client.cli.bench.report.CellResult;
import io.longhaul.client.cli.bench.report.EndpointResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures cells at some endpoints. The rounds of one cell are interleaved, A B A B, so that what
 * else the machine does meets all endpoints alike.
 */
final class Benchmark {

    private final List<MeasuredEndpoint> endpoints;
    private final Plan plan;
    private final BooleanSupplier stopped;
    private final Consumer<String> progress;

    Benchmark(
            List<MeasuredEndpoint> endpoints,
            Plan plan,
            BooleanSupplier stopped,
            Consumer<String> progress) {
        this.endpoints = endpoints;
        this.plan = plan;
        this.stopped = stopped;
        this.progress = progress;
    }

    /** Stops early, with the cells that are complete by then, when the run is stopped. */
    List<CellResult> run() throws IOException, InterruptedException {
        List<CellResult> results = new ArrayList<>();
        for (Cell cell : plan.cells()) {
            CellResult result = run(cell);
            if (stopped.getAsBoolean()) {
                break;
            }
            results.add(result);
        }
        return results;
    }

    private CellResult run(Cell cell) throws IOException, InterruptedException {
        List<EndpointResult> results =
                Stream.generate(EndpointResult::new).limit(endpoints.size()).toList();
        for (int i = 0; i < endpoints.size(); i++) {
            warmUp(cell, endpoints.get(i), results.get(i));
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            for (int i = 0; i < endpoints.size(); i++) {
                progress.accept(
                        "%s, round %d of %d, %s"
                                .formatted(
                                        cell.name(), round, plan.rounds(), endpoints.get(i).url()));
                plan.before().run();
                run(cell, plan.amount(), endpoints.get(i), results.get(i));
            }
        }
        return new CellResult(cell.name(), cell.basis(), results);
    }

    /** Warming up can fail as well as measuring, and then the rounds after it tell so. */
    private void warmUp(Cell cell, MeasuredEndpoint endpoint, EndpointResult result)
            throws IOException, InterruptedException {
        cell.obstacle(endpoint.offer(), plan.amount()).ifPresent(result::notOffered);
        Amount amount = plan.amount().forWarmUp(plan.warmUp());
        Duration spent = Duration.ZERO;
        while (spent.compareTo(plan.warmUp()) < 0 && mayRun(result)) {
            progress.accept("%s, warm-up, %s".formatted(cell.name(), endpoint.url()));
            EndpointResult warmUp = new EndpointResult();
            spent = spent.plus(run(cell, amount, endpoint, warmUp));
            result.leftBehind(warmUp.leftBehind());
            warmUp.notOffered().ifPresent(result::notOffered);
            if (warmUp.hasFailures()) {
                return;
            }
        }
    }

    /** Runs one round, and says how long its measured part was. */
    private Duration run(Cell cell, Amount amount, MeasuredEndpoint endpoint, EndpointResult result)
            throws IOException, InterruptedException {
        return mayRun(result) ? endpoint.measure(cell, amount, result) : Duration.ZERO;
    }

    private boolean mayRun(EndpointResult result) {
        return !stopped.getAsBoolean() && result.notOffered().isEmpty();
    }
}
