package io.longhaul.server.s3.check;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what was found out about a store, a line each, and what follows. Not thread-safe. */
final class Report {

    private final PrintStream out;
    private final List<String> notEnough = new ArrayList<>();
    private final List<String> notForRecords = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void begin(Object store) {
        out.printf("The store %s:%n%n", store);
    }

    void add(String name, Finding finding) {
        out.printf("  %-19s %-11s %s%n", name, finding.grade(), finding.text());
        switch (finding.grade()) {
            case OK, WARNING -> {}
            case NOT_FOR_RECORDS -> notForRecords.add(name);
            case NOT_ENOUGH -> notEnough.add(name);
        }
    }

    /**
     * Tells what the checks have left behind.
     *
     * @param left what, or why that is not known; empty for nothing
     */
    void cleaned(String prefix, String left) {
        if (left.isEmpty()) {
            out.printf("%nEverything that was written has been deleted.%n");
        } else {
            out.printf("%nSomething may be left below %s: %s. Delete it.%n", prefix, left);
        }
    }

    /** For a store that could not be asked. */
    Enough unusable(Object store, IOException failure) {
        out.printf("%nThe store %s cannot be used: %s.%n", store, failure.getMessage());
        return Enough.FOR_NOTHING;
    }

    Enough end() {
        out.printf("%n%s%n%n%s", sentence(), KnownStores.TEXT);
        return enough();
    }

    private Enough enough() {
        if (!notEnough.isEmpty()) {
            return Enough.FOR_NOTHING;
        }
        return notForRecords.isEmpty() ? Enough.FOR_ALL : Enough.FOR_CONTENT;
    }

    private String sentence() {
        return switch (enough()) {
            case FOR_ALL ->
                    "This store is enough for longhaul.content=s3 with longhaul.catalog=s3.";
            case FOR_CONTENT ->
                    "This store is enough for longhaul.content=s3 only with"
                            + " longhaul.catalog=postgresql: see %s."
                                    .formatted(names(notForRecords));
            case FOR_NOTHING ->
                    "This store is not enough for longhaul.content=s3: see %s."
                            .formatted(names(notEnough));
        };
    }

    private static String names(List<String> names) {
        return names.stream().distinct().collect(Collectors.joining(", "));
    }
}
