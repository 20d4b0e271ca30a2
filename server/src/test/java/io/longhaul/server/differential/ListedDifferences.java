package io.longhaul.server.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of differences: the tables of docs/protocols/differences.md. */
final class ListedDifferences {

    private static final Path PAGE = Path.of("..", "docs", "protocols", "differences.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| (.+) \\|");
    private static final Pattern SECTION =
            Pattern.compile("(open: )?(tus 1\\.0\\.0, [A-Z][A-Za-z -]+|RFC 911[02], [0-9.]+)");
    private static final Pattern PLACE = Pattern.compile("`([a-z0-9-]+)` ([0-9, A-Z]+)");
    private static final String EVERY = "every ";

    /**
     * In one place, or for every request of a method.
     *
     * @param where the scenario and the step, or {@code every} and the method
     */
    record Listed(String where, String ours, String theirs) {

        boolean covers(Difference found) {
            return found.ours().equals(ours) && found.theirs().equals(theirs) && at(found);
        }

        private boolean at(Difference found) {
            return where.startsWith(EVERY)
                    ? found.step().endsWith(" " + where.substring(EVERY.length()))
                    : where.equals(found.scenario() + " " + found.step());
        }
    }

    private ListedDifferences() {}

    /** All rows, each once for every place that it names. */
    static List<Listed> read() throws IOException {
        List<Listed> listed = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `")) {
                listed.addAll(row(line));
            }
        }
        return listed;
    }

    /** A line that begins like a row but is none is an error. */
    private static List<Listed> row(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches() || !SECTION.matcher(row.group(3)).matches()) {
            throw new AssertionError("not a row with a section that decides: " + line);
        }
        return places(row.group(5)).stream()
                .map(place -> new Listed(place, row.group(1), row.group(2)))
                .toList();
    }

    private static List<String> places(String cell) {
        if (cell.startsWith(EVERY)) {
            return List.of(cell);
        }
        List<String> places = new ArrayList<>();
        for (String scenario : cell.split("; ", -1)) {
            Matcher place = PLACE.matcher(scenario);
            if (!place.matches()) {
                throw new AssertionError("not a scenario with steps: " + scenario);
            }
            for (String step : place.group(2).split(", ", -1)) {
                places.add(place.group(1) + " " + step);
            }
        }
        return places;
    }
}
