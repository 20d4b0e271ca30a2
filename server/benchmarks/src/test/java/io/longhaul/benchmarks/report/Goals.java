package io.longhaul.benchmarks.report;

import static io.longhaul.benchmarks.peer.Peers.FLOOR;
import static io.longhaul.benchmarks.peer.Peers.FORCED_FLOOR;
import static io.longhaul.benchmarks.peer.Peers.POWER_LOSS;
import static io.longhaul.benchmarks.peer.Peers.PROCESS_CRASH;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Computes from the figures of one run which goals are met. */
public final class Goals {

    private static final String SERVER_CPU = "server";
    private static final String RATE = "rate";
    private static final String P99 = "p99";
    private static final String MEMORY = "memory";
    private static final double GROWTH = 1.25;
    private static final List<String> BULK = List.of("bulk-1", "bulk-4");
    private static final List<String> OURS = List.of(POWER_LOSS, PROCESS_CRASH);

    private final Run run;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Run run) {
        this.run = run;
    }

    public static List<Goal> of(Run run) {
        Goals goals = new Goals(run);
        BULK.forEach(goals::addBulk);
        goals.smallCells().forEach(goals::addSmall);
        OURS.forEach(goals::addTrickling);
        OURS.forEach(ours -> goals.addAtLeast("head", ours, RATE, 1.5, List.of("tusd")));
        OURS.forEach(goals::addStart);
        goals.addGrowth();
        goals.goals.add(goals.behind());
        return List.copyOf(goals.goals);
    }

    private void addBulk(String cell) {
        addAtMost(cell, PROCESS_CRASH, SERVER_CPU, 1.25, List.of(FLOOR));
        addAtMost(cell, POWER_LOSS, SERVER_CPU, 1.25, List.of(FORCED_FLOOR));
        OURS.forEach(ours -> addAtMost(cell, ours, SERVER_CPU, 1, peers()));
    }

    private List<String> smallCells() {
        return run.cells().stream()
                .map(CellResult::cell)
                .filter(cell -> cell.startsWith("small-") || cell.startsWith("with-upload-"))
                .toList();
    }

    private void addSmall(String cell) {
        addAtLeast(cell, PROCESS_CRASH, RATE, 1.5, peers());
        addAtLeast(cell, POWER_LOSS, RATE, 1, peers());
    }

    private void addTrickling(String ours) {
        add("trickle-10000, memory, " + ours, figure("trickle-10000", ours, MEMORY), " MiB", 400);
        add("trickle-10000, p99, " + ours, figure("trickle-10000", ours, P99), " ms", 100);
    }

    private void addStart(String ours) {
        add("start-up, " + ours, figure("start-up", ours, "start-up"), " ms", 1500);
        add("idle memory, " + ours, figure("idle", ours, MEMORY), " MiB", 150);
    }

    private void addGrowth() {
        for (CellResult cell : run.cells()) {
            for (PeerResult result : cell.peers()) {
                switch (cell.cell()) {
                    case "growth-uploads" ->
                            addGrowth(cell.cell(), result, "at the start", "at the end");
                    case "growth-length" ->
                            addGrowth(cell.cell(), result, "of a short one", "of a long one");
                    default -> {
                        // Nothing grows in it.
                    }
                }
            }
        }
    }

    private void addGrowth(String cell, PeerResult result, String small, String large) {
        Optional<Figure> first = result.figure("server cost " + small);
        Optional<Figure> last = result.figure("server cost " + large);
        String name = "%s, %s: server CPU %s / %s".formatted(cell, result.peer(), large, small);
        goals.add(
                new Goal(
                        name,
                        ratio(last, first),
                        "",
                        GROWTH,
                        true,
                        described(last) + " / " + described(first)));
    }

    private void add(String name, Optional<Figure> figure, String unit, double limit) {
        double value = figure.map(Figure::median).orElse(Double.NaN);
        goals.add(new Goal(name, value, unit, limit, true, described(figure)));
    }

    private void addAtMost(
            String cell, String ours, String figure, double limit, List<String> others) {
        Optional<Other> least =
                others(cell, figure, others).min(Comparator.comparingDouble(Other::value));
        addRatio(cell, ours, figure, new Bound(limit, true), least);
    }

    private void addAtLeast(
            String cell, String ours, String figure, double limit, List<String> others) {
        Optional<Other> most =
                others(cell, figure, others).max(Comparator.comparingDouble(Other::value));
        addRatio(cell, ours, figure, new Bound(limit, false), most);
    }

    private void addRatio(
            String cell, String ours, String figure, Bound bound, Optional<Other> other) {
        Optional<Figure> own = figure(cell, ours, figure);
        double ratio = ratio(own, other.map(Other::figure));
        String whose = other.map(Other::peer).orElse("none");
        String name = "%s, %s: %s / %s".formatted(cell, name(figure), ours, whose);
        String detail = described(own) + " / " + described(other.map(Other::figure));
        goals.add(new Goal(name, ratio, "", bound.limit(), bound.atMost(), detail));
    }

    /** How many cells are behind a peer in their main figure, at process-crash. */
    private Goal behind() {
        List<String> all = Behind.of(run, PROCESS_CRASH).stream().map(Behind::text).toList();
        return new Goal(
                "cells behind a peer, " + PROCESS_CRASH,
                Behind.isComparable(run, PROCESS_CRASH) ? all.size() : Double.NaN,
                "",
                0,
                true,
                all.isEmpty() ? "none" : String.join("; ", all));
    }

    private Stream<Other> others(String cell, String figure, List<String> others) {
        return others.stream()
                .filter(peer -> !run.failed(cell, peer))
                .flatMap(
                        peer ->
                                figure(cell, peer, figure).stream()
                                        .map(found -> new Other(peer, found)));
    }

    private Optional<Figure> figure(String cell, String peer, String figure) {
        return run.figure(cell, peer, figure);
    }

    private List<String> peers() {
        return run.named("PEER");
    }

    private static double ratio(Optional<Figure> own, Optional<Figure> other) {
        return own.isPresent() && other.isPresent() && other.get().median() > 0
                ? own.get().median() / other.get().median()
                : Double.NaN;
    }

    private static String name(String figure) {
        return figure.equals(SERVER_CPU) ? "server CPU" : figure;
    }

    private static String described(Optional<Figure> figure) {
        return figure.map(f -> "%s %s".formatted(Numbers.text(f.median()), f.unit()).strip())
                .orElse("–");
    }

    private record Bound(double limit, boolean atMost) {}

    private record Other(String peer, Figure figure) {
        double value() {
            return figure.median();
        }
    }
}
