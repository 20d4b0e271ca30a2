package io.longhaul.client.cli.bench.report;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The figures as lines of text: rows of one cell below each other, endpoints side by side, with the
 * ratio to the first; and below them every failure.
 */
public final class TextReport {

    private static final int LEFT_COLUMNS = 3;

    private final List<URI> endpoints;
    private final TextTable table = new TextTable(LEFT_COLUMNS);
    private final List<String> notes = new ArrayList<>();

    private TextReport(List<URI> endpoints) {
        this.endpoints = endpoints;
    }

    public static List<String> lines(List<URI> endpoints, List<CellResult> cells) {
        TextReport report = new TextReport(endpoints);
        report.addHeading();
        cells.forEach(report::add);
        return Stream.of(report.legend(), report.table.lines(), report.notes)
                .flatMap(List::stream)
                .toList();
    }

    /** Letters stand for the endpoints: URLs would make the columns too wide. */
    private List<String> legend() {
        List<String> legend = new ArrayList<>();
        for (int i = 0; i < endpoints.size(); i++) {
            legend.add("%s  %s".formatted(letter(i), endpoints.get(i)));
        }
        legend.add("");
        return legend;
    }

    private void addHeading() {
        List<String> row = new ArrayList<>(List.of("cell", "figure", "unit"));
        for (int i = 0; i < endpoints.size(); i++) {
            row.add(letter(i));
            row.add("min..max");
            if (i > 0) {
                row.add(letter(i) + "/" + letter(0));
            }
        }
        table.add(row);
    }

    private void add(CellResult cell) {
        List<List<Figure>> figures =
                cell.endpoints().stream().map(result -> result.figures(cell.basis())).toList();
        List<String> names =
                figures.stream().flatMap(List::stream).map(Figure::name).distinct().toList();
        if (names.isEmpty()) {
            table.add(List.of(cell.name(), "not measured"));
        }
        for (String name : names) {
            addRow(names.indexOf(name) == 0 ? cell.name() : "", name, figures);
        }
        addNotes(cell);
    }

    private void addRow(String cell, String name, List<List<Figure>> figures) {
        List<Optional<Figure>> row =
                figures.stream()
                        .map(all -> all.stream().filter(f -> f.name().equals(name)).findAny())
                        .toList();
        String unit = row.stream().flatMap(Optional::stream).findAny().map(Figure::unit).orElse("");
        List<String> texts = new ArrayList<>(List.of(cell, name, unit));
        Optional<Spread> first = row.get(0).map(Figure::spread);
        for (int i = 0; i < row.size(); i++) {
            Optional<Spread> spread = row.get(i).map(Figure::spread);
            texts.add(spread.map(s -> number(s.median())).orElse("-"));
            texts.add(spread.map(s -> number(s.min()) + ".." + number(s.max())).orElse("-"));
            if (i > 0) {
                texts.add(ratio(spread, first));
            }
        }
        table.add(texts);
    }

    private void addNotes(CellResult cell) {
        for (int i = 0; i < cell.endpoints().size(); i++) {
            EndpointResult result = cell.endpoints().get(i);
            String where = "%s at %s: ".formatted(cell.name(), letter(i));
            result.notOffered().ifPresent(reason -> note(where + "not measured, " + reason));
            if (result.hasFailures()) {
                note(where + failures(result));
            }
            if (result.leftBehind() > 0) {
                note(where + result.leftBehind() + " uploads could not be deleted");
            }
        }
    }

    private static String failures(EndpointResult result) {
        return "%d FAILED beside %d that ended well; the first one: %s"
                .formatted(
                        result.total().failures(),
                        result.total().operations(),
                        result.total().firstFailure().orElse(""));
    }

    private void note(String text) {
        if (notes.isEmpty()) {
            notes.add("");
        }
        notes.add(text);
    }

    private static String ratio(Optional<Spread> spread, Optional<Spread> first) {
        if (spread.isEmpty() || first.isEmpty() || first.get().median() == 0) {
            return "-";
        }
        double ratio = spread.get().median() / first.get().median();
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** Three digits that count, or all before the point. */
    static String number(double value) {
        double magnitude = Math.abs(value);
        String format =
                magnitude >= 100
                        ? "%.0f"
                        : magnitude >= 10 ? "%.1f" : magnitude >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String letter(int index) {
        return Objects.requireNonNull(Character.toString('A' + index));
    }
}
