package io.longhaul.client.cli.bench;

import io.longhaul.client.cli.bench.cell.Amount;
import io.longhaul.client.cli.bench.cell.Cell;
import io.longhaul.client.cli.bench.cell.CleanUp;
import io.longhaul.client.cli.bench.cell.Crew;
import io.longhaul.client.cli.bench.cell.NotOfferedException;
import io.longhaul.client.cli.bench.cell.Site;
import io.longhaul.client.cli.bench.cell.Tally;
import io.longhaul.client.cli.bench.process.OwnProcess;
import io.longhaul.client.cli.bench.process.ServerProcess;
import io.longhaul.client.cli.bench.report.EndpointResult;
import io.longhaul.client.cli.bench.report.Round;
import io.longhaul.client.cli.bench.report.Round.ServerCost;
import io.longhaul.client.cli.bench.tus.Offer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** An endpoint with what it offers, and with its server's process if that is known. */
record MeasuredEndpoint(Site site, Offer offer, Optional<ServerProcess> server) {

    URI url() {
        return site.endpoint().url();
    }

    /** Prepares, measures and cleans up one round; only the second of these is in the figures. */
    Duration measure(Cell cell, Amount amount, EndpointResult result)
            throws IOException, InterruptedException {
        try (Crew crew = new Crew(cell.prepare(site, amount))) {
            Round round = measure(crew);
            result.add(round);
            return round.elapsed();
        } catch (NotOfferedException e) {
            result.notOffered(e.getMessage());
        } catch (IOException e) {
            result.failed(e);
        } finally {
            site.closeConnections();
            result.leftBehind(cleanUp());
        }
        return Duration.ZERO;
    }

    private Round measure(Crew crew) throws IOException, InterruptedException {
        server.ifPresent(ServerProcess::resetPeakMemory);
        Duration serverBefore = serverCpu();
        Duration benchBefore = OwnProcess.cpu();
        long start = System.nanoTime();
        Tally tally = crew.work();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        Duration benchCpu = OwnProcess.cpu().minus(benchBefore);
        Optional<ServerCost> cost = serverCost(serverBefore);
        crew.check(tally);
        return new Round(elapsed, tally, benchCpu, cost);
    }

    private Duration serverCpu() {
        return server.map(ServerProcess::cpu).orElse(Duration.ZERO);
    }

    private Optional<ServerCost> serverCost(Duration before) throws IOException {
        if (server.isEmpty() || !server.get().isRunning()) {
            return Optional.empty();
        }
        Duration cpu = serverCpu().minus(before);
        ServerProcess process = server.get();
        return Optional.of(
                new ServerCost(cpu, process.peakMemory(), process.memoryNow(), process.threads()));
    }

    private int cleanUp() throws IOException, InterruptedException {
        return offer.termination() ? CleanUp.of(site) : site.takeCreated().size();
    }
}
