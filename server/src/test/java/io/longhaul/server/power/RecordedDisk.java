package io.longhaul.server.power;

import io.longhaul.server.power.Node.DirectoryNode;
import io.longhaul.server.power.Node.FileNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that happened to one entry of a directory and below it, and what a power cut can leave of it.
 * The directory was there before, the entry was not.
 */
final class RecordedDisk {

    /** SQLite's index of its log, which it makes anew after a restart. */
    private static final String SCRATCH = "-shm";

    private final Path root;
    private final Path entry;
    private final DirectoryNode top = new DirectoryNode();

    /** What descriptors of files without a name any more are of. */
    private final Map<Path, Node> removed = new HashMap<>();

    RecordedDisk(Path entry) {
        this.root = Objects.requireNonNull(entry.getParent());
        this.entry = entry;
    }

    boolean has(Path path) {
        return path.equals(root) || path.startsWith(entry);
    }

    Path relative(Path path) {
        return root.relativize(path);
    }

    /** What has the name now; null when nothing has. */
    @Nullable Node find(Path path) {
        Node node = top;
        for (Path name : root.relativize(path)) {
            if (name.toString().isEmpty()) {
                continue;
            }
            node =
                    node instanceof DirectoryNode directory
                            ? directory.entry(name.toString())
                            : null;
        }
        return node;
    }

    FileNode file(Path path) {
        if (find(path) instanceof FileNode file) {
            return file;
        }
        throw new IllegalStateException("no file is known at " + path);
    }

    /** What an open descriptor is of: it may have been opened under a name that is gone. */
    Node opened(Path path, boolean nameGone) {
        Node node = nameGone ? removed.get(path) : find(path);
        if (node == null) {
            throw new IllegalStateException("nothing is known at " + path);
        }
        return node;
    }

    private DirectoryNode parent(Path path) {
        if (find(Objects.requireNonNull(path.getParent())) instanceof DirectoryNode directory) {
            return directory;
        }
        throw new IllegalStateException("no directory is known above " + path);
    }

    void createFile(Path path, int begin) {
        boolean scratch = path.toString().endsWith(SCRATCH);
        enter(path, new FileNode(scratch), begin);
    }

    void createDirectory(Path path, int begin) {
        enter(path, new DirectoryNode(), begin);
    }

    private void enter(Path path, Node node, int begin) {
        parent(path).change(Map.of(name(path), node), begin);
    }

    void remove(Path path, int begin) {
        removed.put(path, opened(path, false));
        parent(path).change(Collections.singletonMap(name(path), null), begin);
    }

    void rename(Path from, Path to, int begin) {
        if (parent(from) != parent(to)) {
            throw new IllegalStateException("a rename between directories: " + from);
        }
        Map<String, @Nullable Node> changed = new LinkedHashMap<>();
        changed.put(name(from), null);
        changed.put(name(to), opened(from, false));
        parent(from).change(changed, begin);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /** Writes what can be left after a line into an empty directory. */
    void write(int line, Survival survival, Path target) throws IOException {
        write(top, line, survival, target);
    }

    private static void write(DirectoryNode from, int line, Survival survival, Path target)
            throws IOException {
        for (var entry : from.image(line, survival).entrySet()) {
            Path path = target.resolve(entry.getKey());
            switch (entry.getValue()) {
                case FileNode file -> Files.write(path, file.image(line, survival));
                case DirectoryNode directory ->
                        write(directory, line, survival, Files.createDirectory(path));
            }
        }
    }
}
