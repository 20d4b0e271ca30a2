package io.longhaul.client.cli.shell;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the error stream leads to. Java tells of the input and output streams only, and differently
 * in each version ({@link System#console()}), so the shell's {@code test -t 2} is asked.
 *
 * @param interactive whether lines can be drawn again
 * @param width cells in a line
 * @param height lines
 * @param color whether colours are wanted
 * @param unicode whether it shows more than ASCII
 */
public record Terminal(boolean interactive, int width, int height, boolean color, boolean unicode) {

    private static final int WIDTH = 80;
    private static final int HEIGHT = 24;

    /** A file, a pipe, or a terminal that can only print. */
    public static Terminal plain() {
        return new Terminal(false, WIDTH, HEIGHT, false, false);
    }

    /** Looks for the terminal of this process. */
    public static Terminal detect(Map<String, String> environment, Charset charset) {
        if ("dumb".equals(environment.get("TERM"))) {
            return plain();
        }
        Optional<String> size = File.separatorChar == '\\' ? windows(environment) : unix();
        return size.map(text -> of(text, environment, charset)).orElseGet(Terminal::plain);
    }

    /** A terminal whose size is written as {@code stty size} prints it: lines, then cells. */
    static Terminal of(String size, Map<String, String> environment, Charset charset) {
        String[] numbers = (size.strip() + " 0 0").split("\\s+", -1);
        int width = number(environment.getOrDefault("COLUMNS", ""), number(numbers[1], WIDTH));
        return new Terminal(
                true,
                width,
                number(numbers[0], HEIGHT),
                environment.getOrDefault("NO_COLOR", "").isEmpty(),
                charset.equals(StandardCharsets.UTF_8));
    }

    /** Sizes that were never set are zero. */
    private static int number(String text, int otherwise) {
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
    }

    /** Only the newer terminals understand what moves the cursor, and they say who they are. */
    private static Optional<String> windows(Map<String, String> environment) {
        boolean understands =
                environment.containsKey("WT_SESSION") || environment.containsKey("TERM");
        return understands && hasConsole() ? Optional.of("0 0") : Optional.empty();
    }

    /** Before Java 22 there is no console where there is no terminal, since then one asks it. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static Optional<String> unix() {
        try {
            Path errors = Path.of("/proc/self/fd/2");
            if (Files.isSymbolicLink(errors)
                    && !Files.readSymbolicLink(errors).startsWith("/dev")) {
                return Optional.empty();
            }
            return ask("test -t 2 && { stty size <&2 2>/dev/null || echo 0 0; }");
        } catch (IOException e) {
            // No shell: then no bars either.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> ask(String script) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", script)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectInput(new File("/dev/null"))
                        .start();
        try {
            boolean ended = process.waitFor(2, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                return Optional.empty();
            }
            byte[] answer = process.getInputStream().readNBytes(100);
            return Optional.of(new String(answer, StandardCharsets.US_ASCII));
        } finally {
            process.destroyForcibly();
        }
    }
}
