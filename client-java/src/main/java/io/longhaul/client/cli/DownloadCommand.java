package io.longhaul.client.cli;

import io.longhaul.client.cli.download.Download;
import io.longhaul.client.cli.download.FileTarget;
import io.longhaul.client.cli.download.Patience;
import io.longhaul.client.cli.download.StreamTarget;
import io.longhaul.client.cli.download.SuggestedName;
import io.longhaul.client.cli.download.Target;
import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.options.ConnectionOptions;
import io.longhaul.client.cli.options.OutputOptions;
import io.longhaul.client.cli.options.RetryOption;
import io.longhaul.client.cli.options.WebUrlConverter;
import io.longhaul.client.cli.progress.ProgressView;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads what was uploaded. */
@Command(
        name = "download",
        description = {
            "Downloads a complete upload, and prints the name of the file.",
            "Run again after it was stopped, it goes on where it was."
        })
final class DownloadCommand implements Callable<Integer> {

    private static final String OUTPUT = "-";

    private final Shell shell;

    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private RetryOption retry = new RetryOption();
    @Mixin private OutputOptions output = new OutputOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to, or - for the output. Default: the name the server gives.")
    private @Nullable String file;

    @Option(
            names = {"-f", "--force"},
            description = "Replaces a file that exists.")
    private boolean force;

    @Parameters(paramLabel = "URL", converter = WebUrlConverter.class, description = "An upload.")
    private URI url = URI.create("");

    DownloadCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        WebClient client = connection.webClient(shell);
        if (OUTPUT.equals(file)) {
            run(client, new StreamTarget(shell.out()), "standard output");
            return ExitCode.OK;
        }
        Path path = file == null ? SuggestedName.of(client, url) : Path.of(file);
        if (Files.isDirectory(path)) {
            path = path.resolve(SuggestedName.of(client, url));
        }
        if (Files.exists(path) && !force) {
            throw CommandException.usage(path + " exists; --force replaces it");
        }
        try (FileTarget target = FileTarget.open(url, path)) {
            run(client, target, path.toString());
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, path + ": " + e.getMessage(), e);
        }
        return ExitCode.OK;
    }

    private void run(WebClient client, Target target, String name) {
        ProgressView view = output.view(shell);
        var progress = new DownloadProgress(view, name, target.position());
        var download =
                new Download(
                        client, new Patience(retry.policy()), connection.stallTimeout(), progress);
        try {
            progress.complete(download.run(url, target), !name.equals("standard output"));
        } finally {
            progress.close();
        }
    }
}
