package io.longhaul.server.content.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forces the entries of directories to the device, and remembers which shard directories are there
 * for good. What an earlier process made is forced again, as it may have died before it did.
 * Thread-safe.
 */
final class ForcedDirectories {

    private final Path root;
    private final Set<String> forced = ConcurrentHashMap.newKeySet();

    ForcedDirectories(Path root) {
        this.root = root;
    }

    /** Makes sure that a power cut leaves the file, and the directories down to it, in place. */
    void forceEntry(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        force(directory);
        if (!directory.equals(root)) {
            forceDirectory(directory);
        }
    }

    private void forceDirectory(Path directory) throws IOException {
        String name = root.relativize(directory).toString();
        if (!forced.contains(name)) {
            forceEntry(directory);
            forced.add(name);
        }
    }

    static void force(Path directory) throws IOException {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
