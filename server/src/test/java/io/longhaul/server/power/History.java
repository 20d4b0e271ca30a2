package io.longhaul.server.power;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The changes of one file or directory, in order, and which of them a disk must have kept: those
 * that had ended before a successful force of it began, once that has ended.
 */
final class History<C> {

    private final List<C> changes = new ArrayList<>();
    private final List<Integer> begins = new ArrayList<>();
    private final NavigableMap<Integer, Integer> forced = new TreeMap<>();
    private boolean forcesCount = true;

    /** Adds a change that has ended. */
    void add(C change, int begin) {
        changes.add(change);
        begins.add(begin);
    }

    /** How many changes a force that begins now will cover. */
    int length() {
        return changes.size();
    }

    /** A force of the first changes has ended well. */
    void force(int covered, int line) {
        forced.merge(line, Math.max(covered, durable(line)), Math::max);
    }

    /** Says whether forces are to be believed: to see what would be without them. */
    void countForces(boolean count) {
        forcesCount = count;
    }

    /** How many changes are on the disk for sure after a line. */
    int durable(int line) {
        var latest = forced.floorEntry(line);
        return latest == null || !forcesCount ? 0 : latest.getValue();
    }

    /** How many changes can be on the disk after a line. */
    int possible(int line) {
        int count = durable(line);
        while (count < begins.size() && begins.get(count) <= line) {
            count++;
        }
        return count;
    }

    List<C> first(int count) {
        return changes.subList(0, count);
    }

    /** Those that the disk may have kept or not. */
    List<C> open(int line) {
        return changes.subList(durable(line), possible(line));
    }
}
