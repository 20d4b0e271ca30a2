package io.longhaul.server.power;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which of the changes that were not forced a power cut leaves. */
interface Survival {

    /** Nothing is left. */
    Survival NOTHING = new AllOrNothing(false);

    /** Everything is left, as after the end of the process alone. */
    Survival EVERYTHING = new AllOrNothing(true);

    /** Applies what is left of a file's changes. */
    void apply(List<FileChange> open, FileImage image);

    /** What is left of a directory's changes. */
    List<Map<String, @Nullable Node>> surviving(List<Map<String, @Nullable Node>> open);

    /** The content of a file that means nothing. */
    byte[] garbage();

    /** All or nothing. */
    record AllOrNothing(boolean all) implements Survival {

        @Override
        public void apply(List<FileChange> open, FileImage image) {
            if (all) {
                open.forEach(image::apply);
            }
        }

        @Override
        public List<Map<String, @Nullable Node>> surviving(List<Map<String, @Nullable Node>> open) {
            return all ? open : List.of();
        }

        @Override
        public byte[] garbage() {
            return new byte[0];
        }
    }

    /**
     * Each block of a file shows it as it was at a moment of its own since the last force, and so
     * does its length, and each name in a directory. Where the length is kept and the bytes are
     * not, there are zeros, or what others had left on the disk.
     */
    final class Mixed implements Survival {

        private static final int SCRATCH = 32 << 10;

        private final Random random;
        private final int block;
        private final boolean stale;
        private final int surelyIn100;

        Mixed(long seed) {
            random = new Random(seed);
            block = random.nextBoolean() ? 512 : 4096;
            stale = random.nextInt(4) == 0;
            surelyIn100 = List.of(10, 50, 90).get(random.nextInt(3));
        }

        @Override
        public void apply(List<FileChange> open, FileImage image) {
            new Blocks(open, image).apply();
        }

        /** How many of some changes are left. */
        private int moment(int changes) {
            if (random.nextBoolean()) {
                return random.nextInt(changes + 1);
            }
            return random.nextInt(100) < surelyIn100 ? changes : 0;
        }

        @Override
        public List<Map<String, @Nullable Node>> surviving(List<Map<String, @Nullable Node>> open) {
            Map<String, Integer> moments = new HashMap<>();
            open.stream()
                    .filter(changed -> changed.size() > 1)
                    .forEach(
                            changed -> {
                                int common = moment(open.size());
                                changed.keySet().forEach(name -> moments.put(name, common));
                            });
            List<Map<String, @Nullable Node>> left = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                String name = open.get(i).keySet().iterator().next();
                if (i < moments.computeIfAbsent(name, _ -> moment(open.size()))) {
                    left.add(open.get(i));
                }
            }
            return left;
        }

        @Override
        public byte[] garbage() {
            return random(SCRATCH);
        }

        private byte[] random(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }

        /** One file, block by block. */
        private final class Blocks {

            private final List<FileChange> open;
            private final FileImage image;
            private final long before;
            private final Map<Long, Integer> moments = new HashMap<>();
            private final Set<Long> written = new HashSet<>();

            Blocks(List<FileChange> open, FileImage image) {
                this.open = open;
                this.image = image;
                this.before = image.length();
            }

            void apply() {
                if (open.isEmpty()) {
                    return;
                }
                long length = lengthAt(moment(open.size()));
                if (stale && length > before) {
                    image.put(random(Math.toIntExact(length - before)), (int) before);
                }
                for (int i = 0; i < open.size(); i++) {
                    switch (open.get(i)) {
                        case FileChange.Write write -> write(i, write);
                        case FileChange.Resize resize -> cut(i, resize.length());
                    }
                }
                image.resize(length);
            }

            private long lengthAt(int moment) {
                long length = before;
                for (FileChange change : open.subList(0, moment)) {
                    length = change.lengthAfter(length);
                }
                return length;
            }

            private void write(int index, FileChange.Write write) {
                long from = write.offset();
                while (from < write.end()) {
                    long number = from / block;
                    long to = Math.min(write.end(), (number + 1) * block);
                    if (isLeft(index, number)) {
                        settle(number);
                        image.put(write, from, to);
                    }
                    from = to;
                }
            }

            private void cut(int index, long length) {
                IntStream.rangeClosed((int) (length / block), image.length() / block)
                        .filter(number -> isLeft(index, number))
                        .forEach(
                                number ->
                                        image.zero(
                                                Math.max(length, (long) number * block),
                                                (number + 1L) * block));
            }

            private boolean isLeft(int index, long number) {
                return index < moments.computeIfAbsent(number, _ -> moment(open.size()));
            }

            /** A block that is written at all has zeros where nobody wrote. */
            private void settle(long number) {
                if (written.add(number)) {
                    image.zero(Math.max(before, number * block), (number + 1) * block);
                }
            }
        }
    }
}
