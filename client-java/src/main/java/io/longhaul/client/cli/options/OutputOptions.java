package io.longhaul.client.cli.options;

import io.longhaul.client.cli.progress.ProgressView;
import io.longhaul.client.cli.shell.Shell;
import picocli.CommandLine.Option;

/** How progress is shown. */
public final class OutputOptions {

    @Option(names = "--json", description = "One JSON object a line on the output.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress; errors only.")
    private boolean quiet;

    public ProgressView view(Shell shell) {
        return ProgressView.of(shell, json, quiet);
    }
}
