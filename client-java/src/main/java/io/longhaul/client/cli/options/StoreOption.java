package io.longhaul.client.cli.options;

import io.longhaul.client.cli.shell.Shell;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The directory in which uploads are remembered. */
public final class StoreOption {

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description =
                    "Remembers uploads here. Default: $XDG_STATE_HOME/longhaul/uploads or"
                            + " ~/.local/state/longhaul/uploads, on Windows"
                            + " %%LOCALAPPDATA%%\\longhaul\\uploads.")
    private @Nullable Path directory;

    public Path directory(Shell shell) {
        return directory == null ? defaultDirectory(shell) : directory.toAbsolutePath();
    }

    /** What has to be added to a command line that is to use the same store. */
    public String argument() {
        return directory == null ? "" : " --store " + directory;
    }

    private static Path defaultDirectory(Shell shell) {
        Path home = Path.of(System.getProperty("user.home", "."));
        Path state =
                File.separatorChar == '\\'
                        ? shell.variable("LOCALAPPDATA")
                                .map(Path::of)
                                .orElse(home.resolve("AppData\\Local"))
                        : absolute(shell.variable("XDG_STATE_HOME"))
                                .orElse(home.resolve(".local/state"));
        return state.resolve("longhaul").resolve("uploads");
    }

    /** A relative one is to be ignored (XDG Base Directory Specification). */
    private static Optional<Path> absolute(Optional<String> variable) {
        return variable.map(Path::of).filter(Path::isAbsolute);
    }
}
