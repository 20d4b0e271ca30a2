package io.longhaul.client.cli;

import io.longhaul.client.cli.shell.Text;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Columns under their names; those without anything in them are left out. */
final class Table {

    private final List<String> names;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... names) {
        this.names = List.of(names);
    }

    void add(String... cells) {
        rows.add(Arrays.stream(cells).map(Text::printable).toList());
    }

    void print(PrintStream out) {
        int[] used =
                IntStream.range(0, names.size())
                        .filter(i -> rows.stream().anyMatch(row -> !row.get(i).isEmpty()))
                        .toArray();
        print(out, names, used);
        rows.forEach(row -> print(out, row, used));
    }

    private void print(PrintStream out, List<String> row, int... columns) {
        var line = new StringBuilder();
        for (int column : columns) {
            line.append(Text.padded(row.get(column), width(column))).append("  ");
        }
        out.println(line.toString().stripTrailing());
    }

    private int width(int column) {
        return Math.max(
                Text.width(names.get(column)),
                rows.stream().mapToInt(row -> Text.width(row.get(column))).max().orElse(0));
    }
}
