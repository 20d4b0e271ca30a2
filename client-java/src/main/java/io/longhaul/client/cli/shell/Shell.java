package io.longhaul.client.cli.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of a command: its streams, its environment and the terminal behind the error
 * stream. For one thread at a time.
 */
public final class Shell {

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final Map<String, String> environment;
    private final Supplier<Terminal> detection;
    private @Nullable Terminal terminal;

    public Shell(
            PrintStream out,
            PrintStream err,
            InputStream in,
            Map<String, String> environment,
            Supplier<Terminal> terminal) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.environment = Map.copyOf(environment);
        this.detection = terminal;
    }

    /** The surroundings of this process. */
    public static Shell system() {
        Map<String, String> environment = System.getenv();
        return new Shell(
                print(FileDescriptor.out, StandardCharsets.UTF_8),
                print(FileDescriptor.err, nativeCharset()),
                new FileInputStream(FileDescriptor.in),
                environment,
                () -> Terminal.detect(environment, nativeCharset()));
    }

    /** Results go here: what another program may read. */
    public PrintStream out() {
        return out;
    }

    /** Everything that is for people goes here. */
    public PrintStream err() {
        return err;
    }

    public InputStream in() {
        return in;
    }

    /** A variable of the environment, if it is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** The terminal behind the error stream; looked for once, when it is asked for first. */
    public Terminal terminal() {
        if (terminal == null) {
            terminal = detection.get();
        }
        return terminal;
    }

    /** A sentence on the error stream, after the name of the command. */
    public void say(String sentence) {
        err.println("longhaul: " + Text.printable(sentence));
        err.flush();
    }

    private static PrintStream print(FileDescriptor descriptor, Charset charset) {
        return new PrintStream(new FileOutputStream(descriptor), false, charset);
    }

    private static Charset nativeCharset() {
        String name = System.getProperty("native.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }
}
