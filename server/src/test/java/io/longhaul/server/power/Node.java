package io.longhaul.server.power;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file or a directory that was there at some time, under whatever name. */
sealed interface Node {

    History<?> history();

    /** A file. */
    final class FileNode implements Node {

        private final History<FileChange> history = new History<>();
        private final boolean scratch;
        private FileImage forced = new FileImage();
        private int forcedChanges;

        /**
         * @param scratch whether its content means nothing after a restart
         */
        FileNode(boolean scratch) {
            this.scratch = scratch;
        }

        @Override
        public History<FileChange> history() {
            return history;
        }

        /** What can be left of it. */
        byte[] image(int line, Survival survival) {
            if (scratch) {
                return survival.garbage();
            }
            FileImage image = forced(line).copy();
            survival.apply(history.open(line), image);
            return image.toBytes();
        }

        /** Lines come in ascending order, mostly. */
        private FileImage forced(int line) {
            int durable = history.durable(line);
            if (durable < forcedChanges) {
                forced = new FileImage();
                forcedChanges = 0;
            }
            history.first(durable).stream().skip(forcedChanges).forEach(forced::apply);
            forcedChanges = durable;
            return forced;
        }
    }

    /** A directory: its changes name entries, without a node when they were removed. */
    final class DirectoryNode implements Node {

        private final History<Map<String, @Nullable Node>> history = new History<>();
        private final Map<String, Node> entries = new HashMap<>();

        @Override
        public History<Map<String, @Nullable Node>> history() {
            return history;
        }

        @Nullable Node entry(String name) {
            return entries.get(name);
        }

        /** Entries that change together or not at all. */
        void change(Map<String, @Nullable Node> changed, int begin) {
            history.add(changed, begin);
            put(changed, entries);
        }

        /** What can be left of it. */
        Map<String, Node> image(int line, Survival survival) {
            Map<String, Node> image = new LinkedHashMap<>();
            List<Map<String, @Nullable Node>> forced = history.first(history.durable(line));
            for (Map<String, @Nullable Node> changed : forced) {
                put(changed, image);
            }
            for (Map<String, @Nullable Node> changed : survival.surviving(history.open(line))) {
                put(changed, image);
            }
            return image;
        }

        private static void put(Map<String, @Nullable Node> changed, Map<String, Node> entries) {
            for (var entry : changed.entrySet()) {
                Node node = entry.getValue();
                if (node == null) {
                    entries.remove(entry.getKey());
                } else {
                    entries.put(entry.getKey(), node);
                }
            }
        }
    }
}
