package io.longhaul.client.cli.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as they need to be: the first ones left, the others right. */
final class TextTable {

    private static final String GAP = "  ";

    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(int leftColumns) {
        this.leftColumns = leftColumns;
    }

    void add(List<String> row) {
        rows.add(List.copyOf(row));
    }

    /** The lines, without spaces at their ends. */
    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String text = row.get(column);
            String padding = " ".repeat(width(column) - text.length());
            line.append(column == 0 ? "" : GAP);
            line.append(column < leftColumns ? text + padding : padding + text);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
