package io.longhaul.client.cli.selection;

import io.longhaul.client.cli.shell.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Finds what to upload from the words of a command line: files, folders with all that is below
 * them, patterns that the shell has left as they are, and {@code -} for standard input.
 */
public final class FileSelection {

    private final Consumer<String> notes;
    private final List<Selected> selected = new ArrayList<>();

    private FileSelection(Consumer<String> notes) {
        this.notes = notes;
    }

    /**
     * What the words stand for, in their order; within a folder in the order of the names.
     *
     * @param notes is told of what is left out
     * @throws CommandException if a word stands for nothing
     */
    public static List<Selected> of(List<String> words, Consumer<String> notes) {
        var selection = new FileSelection(notes);
        words.forEach(selection::add);
        if (selection.selected.stream().filter(one -> one.path().isEmpty()).count() > 1) {
            throw CommandException.usage("standard input (-) can be given once only");
        }
        return selection.selected;
    }

    private void add(String word) {
        if (word.equals("-")) {
            selected.add(
                    new Selected(
                            "standard input", Optional.empty(), OptionalLong.empty(), Map.of()));
            return;
        }
        try {
            Optional<Path> named = existing(word);
            if (named.isPresent()) {
                add(word, named.get());
            } else {
                addMatching(word);
            }
        } catch (IOException e) {
            throw CommandException.usage(word + " cannot be read: " + reason(e));
        }
    }

    private void addMatching(String word) throws IOException {
        List<Path> matching = Glob.isPattern(word) ? Glob.matching(word) : List.of();
        if (matching.isEmpty()) {
            throw CommandException.usage(
                    Glob.isPattern(word) ? "nothing matches " + word : word + " does not exist");
        }
        for (Path path : matching) {
            add(path.toString(), path);
        }
    }

    private void add(String name, Path path) throws IOException {
        if (Files.isDirectory(path)) {
            addFolder(path);
        } else {
            selected.add(file(name, path, Map.of()));
        }
    }

    private void addFolder(Path folder) throws IOException {
        Path root = folder.toRealPath();
        Path name = root.getFileName();
        Path top = name == null ? Path.of("") : name;
        int before = selected.size();
        for (Path file : FolderWalk.files(folder, notes)) {
            String relative = top.resolve(folder.relativize(file)).toString().replace('\\', '/');
            selected.add(file(file.toString(), file, Map.of("relativePath", relative)));
        }
        if (selected.size() == before) {
            notes.accept(folder + " has no files");
        }
    }

    private static Selected file(String name, Path path, Map<String, String> more)
            throws IOException {
        if (!Files.isReadable(path)) {
            throw CommandException.usage(name + " cannot be read: permission denied");
        }
        var metadata = new LinkedHashMap<String, String>();
        Path last = path.getFileName();
        boolean regular = Files.isRegularFile(path);
        if (regular) {
            metadata.put("filename", String.valueOf(last));
            Optional.ofNullable(Files.probeContentType(path))
                    .ifPresent(type -> metadata.put("filetype", type));
        }
        metadata.putAll(more);
        OptionalLong length = regular ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
        return new Selected(name, Optional.of(path), length, metadata);
    }

    /** A name that the file system cannot have may still be a pattern. */
    private static Optional<Path> existing(String word) {
        try {
            return Optional.of(Path.of(word)).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
