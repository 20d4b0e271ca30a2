package io.longhaul.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of errors names every code that the sources can answer with, and no other. */
class ErrorPageTests {

    private static final Path PAGE = Path.of("..", "docs", "errors", "README.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "longhaul", "server");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
    // A code is the first word-with-dashes argument where an error is made.
    private static final Pattern CODE =
            Pattern.compile(
                    "(?:super|badRequest|problem)\\(\\s*(?:\\w+,\\s*)?(?:\\w+ \\? )?"
                            + "\"([a-z]+(?:-[a-z]+)+)\"(?: : \"([a-z]+(?:-[a-z]+)+)\")?");

    @Test
    void pageNamesEveryCodeAndNoOther() throws IOException {
        Set<String> codes = new TreeSet<>(codesInSources());
        for (UploadState state : UploadState.values()) {
            if (state.gone()) {
                codes.add("upload-" + state.name().toLowerCase(Locale.ROOT));
            }
        }
        codes.add("bad-request");

        assertThat(codes).hasSizeGreaterThan(20);
        assertThat(codesOnPage()).containsExactlyElementsOf(codes);
    }

    private static Set<String> codesOnPage() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> codesInSources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ErrorPageTests::read)
                    .flatMap(source -> CODE.matcher(source).results())
                    .flatMap(match -> Stream.of(match.group(1), match.group(2)))
                    .filter(code -> code != null)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
