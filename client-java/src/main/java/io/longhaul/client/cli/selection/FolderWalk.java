package io.longhaul.client.cli.selection;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All files below a folder. Links to files count as files; links to folders are not followed, so
 * that no circle can be walked. What is left out is said.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {

    private final Consumer<String> notes;
    private final List<Path> files = new ArrayList<>();

    private FolderWalk(Consumer<String> notes) {
        this.notes = notes;
    }

    static List<Path> files(Path folder, Consumer<String> notes) throws IOException {
        var walk = new FolderWalk(notes);
        // A folder that is named by a link is meant.
        Path start = Files.isSymbolicLink(folder) ? folder.resolve("") : folder;
        Files.walkFileTree(start, walk);
        walk.files.sort(null);
        return walk.files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (Files.isRegularFile(file) && Files.isReadable(file)) {
            files.add(file);
        } else {
            notes.accept(file + " left out: " + reason(file));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        notes.accept(file + " left out: cannot be read");
        return FileVisitResult.CONTINUE;
    }

    private static String reason(Path file) {
        if (!Files.exists(file)) {
            return "a link to nothing";
        }
        if (Files.isDirectory(file)) {
            return "a link to a folder";
        }
        return Files.isRegularFile(file) ? "cannot be read" : "not a file";
    }
}
