package io.longhaul.server.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One aspect of one answer in which the servers differ.
 *
 * @param step its number and method
 */
record Difference(String scenario, String step, String ours, String theirs) {

    /**
     * Every difference between what both servers answered to a scenario. When one refuses what the
     * other does, the headers that follow from that are no differences of their own.
     */
    static List<Difference> between(Scenario scenario, List<Answer> ours, List<Answer> theirs) {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < scenario.steps().size(); i++) {
            differences.addAll(
                    between(scenario.name(), scenario.label(i), ours.get(i), theirs.get(i)));
        }
        return differences;
    }

    private static List<Difference> between(
            String scenario, String step, Answer ours, Answer theirs) {
        Set<String> aspects = new TreeSet<>(ours.aspects().keySet());
        aspects.retainAll(theirs.aspects().keySet());
        if (ours.success() != theirs.success()) {
            aspects.retainAll(Answer.OF_EVERY_STATUS);
        }
        return aspects.stream()
                .map(
                        aspect ->
                                new Difference(
                                        scenario,
                                        step,
                                        ours.aspects().getOrDefault(aspect, ""),
                                        theirs.aspects().getOrDefault(aspect, "")))
                .filter(difference -> !difference.ours().equals(difference.theirs()))
                .toList();
    }

    /** As a row of the list, without what a person has to say. */
    @Override
    public String toString() {
        return "| `%s` | `%s` | ? | ? | `%s` %s |".formatted(ours, theirs, scenario, step);
    }
}
