package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The machine's gcc, where there is one. */
public final class CCompiler {

    private static final Path GCC = Path.of("/usr/bin/gcc");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private CCompiler() {}

    public static boolean isThere() {
        return Files.exists(GCC);
    }

    /** Makes a program, or with such options a library, of one source; fails on a warning. */
    public static void compile(Path source, Path output, String... options)
            throws IOException, InterruptedException {
        Path from = source.toAbsolutePath();
        List<String> words =
                new ArrayList<>(List.of(GCC.toString(), "-O2", "-Wall", "-Wextra", "-Werror"));
        words.addAll(List.of(options));
        words.addAll(List.of("-o", output.toAbsolutePath().toString(), from.toString()));
        Path directory = Objects.requireNonNull(from.getParent());
        Command.start(directory, Map.of(), words.toArray(String[]::new)).result(LIMIT);
    }
}
