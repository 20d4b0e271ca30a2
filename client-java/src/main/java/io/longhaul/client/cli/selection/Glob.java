package io.longhaul.client.cli.selection;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Patterns as shells have them, for shells that do not expand them: {@code *}, {@code ?}, {@code
 * [a-z]}, {@code {a,b}}, and {@code **} for any depth. Names that begin with a dot are matched only
 * where the pattern has the dot.
 */
final class Glob {

    private static final Pattern SPECIAL = Pattern.compile("[*?\\[{]");
    private static final int ANY_DEPTH = 64;

    private Glob() {}

    static boolean isPattern(String word) {
        return SPECIAL.matcher(word).find();
    }

    /** Files and folders that match, sorted; with {@code **} files only. */
    static List<Path> matching(String word) throws IOException {
        String pattern = word.replace('\\', '/');
        int special = firstSpecial(pattern);
        int cut = pattern.lastIndexOf('/', special) + 1;
        Path base = Path.of(pattern.substring(0, cut));
        String rest = pattern.substring(cut);
        if (!Files.isDirectory(base.resolve("."))) {
            return List.of();
        }
        boolean deep = rest.contains("**");
        int depth = deep ? ANY_DEPTH : (int) rest.chars().filter(c -> c == '/').count() + 1;
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        try (Stream<Path> below = Files.walk(base.resolve("."), depth, new FileVisitOption[0])) {
            return below.map(Path::normalize)
                    .map(path -> base.normalize().relativize(path))
                    .filter(path -> !path.toString().isEmpty())
                    .filter(matcher::matches)
                    .filter(path -> rest.startsWith(".") || !isHidden(path))
                    .map(base::resolve)
                    .filter(path -> !deep || Files.isRegularFile(path))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isHidden(Path path) {
        return Stream.iterate(path, java.util.Objects::nonNull, Path::getParent)
                .map(Path::getFileName)
                .anyMatch(name -> name != null && name.toString().startsWith("."));
    }

    private static int firstSpecial(String pattern) {
        var matcher = SPECIAL.matcher(pattern);
        return matcher.find() ? matcher.start() : pattern.length();
    }
}
