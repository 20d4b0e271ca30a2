package io.longhaul.server.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/** Cuts the power of a recorded run again and again, and looks at what is left. */
final class PowerCuts {

    /** A cut after a line of the trace, and what it leaves of what was not forced. */
    record Cut(int line, Survival survival, String name) {

        @Override
        public String toString() {
            return "a cut after line %d that leaves %s".formatted(line, name);
        }
    }

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Recording recording;

    PowerCuts(Recording recording) {
        this.recording = recording;
    }

    /**
     * Cuts at every answer, at every change or force next to one, and at others at random: in turn
     * with nothing left, with everything, and twice with a mixture.
     */
    List<Cut> cuts(int count, long seed) {
        Random random = new Random(seed);
        List<Integer> answers = recording.wire().answers();
        List<Integer> changes = List.copyOf(recording.calls().lines());
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int turn = i / 4;
            int answer = answers.get(turn % answers.size());
            int line =
                    switch (turn / answers.size() % 4) {
                        case 0 -> answer;
                        case 1 -> orElse(recording.calls().lines().lower(answer), answer);
                        case 2 -> orElse(recording.calls().lines().higher(answer), answer);
                        default -> changes.get(random.nextInt(changes.size()));
                    };
            cuts.add(cut(line, i % 4, random.nextLong()));
        }
        cuts.sort(Comparator.comparingInt(Cut::line));
        return cuts;
    }

    private static int orElse(@Nullable Integer line, int other) {
        return line == null ? other : line;
    }

    private static Cut cut(int line, int kind, long seed) {
        return switch (kind) {
            case 0 -> new Cut(line, Survival.NOTHING, "nothing");
            case 1 -> new Cut(line, Survival.EVERYTHING, "everything");
            default -> new Cut(line, new Survival.Mixed(seed), "the mixture " + seed);
        };
    }

    /** The cuts at answers that leave nothing, which lose the most. */
    List<Cut> hardest() {
        return recording.wire().answers().stream()
                .map(line -> new Cut(line, Survival.NOTHING, "nothing"))
                .toList();
    }

    /** The first of the cuts that loses something, and what. */
    Optional<String> firstLoss(List<Cut> cuts) throws IOException {
        for (Cut cut : cuts) {
            Optional<String> loss = loss(cut);
            if (loss.isPresent()) {
                return loss;
            }
        }
        return Optional.empty();
    }

    private Optional<String> loss(Cut cut) throws IOException {
        Path disk = directory();
        try {
            recording.disk().write(cut.line(), cut.survival(), disk);
            new StateCheck(recording, cut.line()).check(disk);
            return Optional.empty();
        } catch (IOException | RuntimeException | AssertionError e) {
            return Optional.of("%s: %s".formatted(cut, e));
        } finally {
            FileUtils.deleteQuietly(disk.toFile());
        }
    }

    /** In memory where there is such a place: what is written there needs no disk. */
    private static Path directory() throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "longhaul-cut")
                : Files.createTempDirectory("longhaul-cut");
    }
}
