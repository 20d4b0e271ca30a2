package io.longhaul.client.cli;

import io.longhaul.client.UploadClient;
import io.longhaul.client.UploadSource;
import io.longhaul.client.cli.options.EndpointOption;
import io.longhaul.client.cli.options.OutputOptions;
import io.longhaul.client.cli.options.StoreOption;
import io.longhaul.client.cli.options.UploadOptions;
import io.longhaul.client.cli.progress.ProgressView;
import io.longhaul.client.cli.selection.FileSelection;
import io.longhaul.client.cli.selection.Selected;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.Shell;
import io.longhaul.client.cli.transfer.PendingUpload;
import io.longhaul.client.cli.transfer.Transfers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads files, folders and standard input. */
@Command(
        name = "upload",
        description = {
            "Uploads files, and prints the URL of each.",
            "Run again after a crash, it goes on where it was."
        })
final class UploadCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin private EndpointOption endpoint = new EndpointOption();
    @Mixin private UploadOptions options = new UploadOptions();
    @Mixin private StoreOption store = new StoreOption();
    @Mixin private OutputOptions output = new OutputOptions();

    @Option(
            names = {"-m", "--metadata"},
            paramLabel = "KEY=VALUE",
            description =
                    "Kept by the server with the upload. Repeatable. By itself: filename,"
                            + " filetype, and relativePath within folders.")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files, folders, patterns such as '*.mp4', or - for standard input.")
    private List<String> words = List.of();

    UploadCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        URI to = endpoint.require(shell);
        metadata.keySet().forEach(UploadCommand::checkKey);
        ProgressView view = output.view(shell);
        List<Selected> selected = FileSelection.of(words, view::say);
        try (UploadClient client =
                options.client(shell, to, store.directory(shell), options.parallel())) {
            List<PendingUpload> uploads =
                    selected.stream().map(one -> pending(client, one)).toList();
            return Transfers.run(
                    uploads, options.concurrency(), view, "longhaul resume" + store.argument());
        }
    }

    private PendingUpload pending(UploadClient client, Selected selected) {
        var all = new LinkedHashMap<>(selected.metadata());
        all.putAll(metadata);
        return new PendingUpload(
                selected.name(),
                selected.length(),
                selected.length().isPresent(),
                () -> client.upload(source(selected), all));
    }

    private UploadSource source(Selected selected) {
        if (selected.path().isEmpty()) {
            return UploadSource.stream(shell.in());
        }
        Path path = selected.path().get();
        return selected.length().isPresent()
                ? UploadSource.file(path)
                : UploadSource.stream(open(path));
    }

    /** A pipe with a name: it stays open until the process ends, as standard input does. */
    private static java.io.InputStream open(Path path) {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkKey(String key) {
        if (!key.matches("[!-+\\--~]+")) {
            throw CommandException.usage(
                    "metadata key \"" + key + "\": must be visible ASCII without space or comma");
        }
    }
}
