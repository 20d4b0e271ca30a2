package io.longhaul.client.cli;

import io.longhaul.client.UploadClient;
import io.longhaul.client.UploadException;
import io.longhaul.client.UploadSource;
import io.longhaul.client.cli.options.EndpointOption;
import io.longhaul.client.cli.options.OutputOptions;
import io.longhaul.client.cli.options.StoreOption;
import io.longhaul.client.cli.options.UploadOptions;
import io.longhaul.client.cli.progress.ProgressView;
import io.longhaul.client.cli.shell.Shell;
import io.longhaul.client.cli.transfer.PendingUpload;
import io.longhaul.client.cli.transfer.RememberedUpload;
import io.longhaul.client.cli.transfer.Transfers;
import io.longhaul.client.internal.source.Content;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with what the store has open. */
@Command(
        name = "resume",
        description = {
            "Goes on with uploads that were begun here and are not complete.",
            "Says which it leaves out, and why."
        })
final class ResumeCommand implements Callable<Integer> {

    private final Shell shell;
    private final Map<List<Object>, UploadClient> clients = new HashMap<>();

    @Mixin private EndpointOption endpoint = new EndpointOption();
    @Mixin private UploadOptions options = new UploadOptions();
    @Mixin private StoreOption store = new StoreOption();
    @Mixin private OutputOptions output = new OutputOptions();

    ResumeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ProgressView view = output.view(shell);
        List<RememberedUpload> remembered =
                Remembered.select(shell, endpoint, options.connection(), store, true);
        if (remembered.isEmpty()) {
            view.say("nothing to resume in " + store.directory(shell));
        }
        try {
            return Transfers.run(
                    pending(remembered, view),
                    options.concurrency(),
                    view,
                    "longhaul resume" + store.argument());
        } finally {
            clients.values().forEach(UploadClient::close);
        }
    }

    private List<PendingUpload> pending(List<RememberedUpload> remembered, ProgressView view) {
        var pending = new ArrayList<PendingUpload>();
        for (RememberedUpload upload : remembered) {
            Optional<String> obstacle = obstacle(upload);
            if (obstacle.isPresent()) {
                view.say(upload.name() + " left out: " + obstacle.get());
            } else {
                pending.add(pending(upload, upload.path().orElseThrow()));
            }
        }
        return pending;
    }

    private PendingUpload pending(RememberedUpload upload, Path path) {
        UploadClient client = client(upload.endpoint(), upload.pieces());
        return new PendingUpload(
                path.toString(),
                upload.length(),
                true,
                () -> client.upload(path, upload.metadata()));
    }

    /** The pieces of a file are found again only by a client that makes as many. */
    private UploadClient client(URI to, int pieces) {
        return clients.computeIfAbsent(
                List.of(to, pieces),
                key -> options.client(shell, to, store.directory(shell), pieces));
    }

    /** Why an upload cannot go on, if it cannot. */
    private static Optional<String> obstacle(RememberedUpload upload) {
        Optional<Path> path = upload.path();
        if (path.isEmpty()) {
            return Optional.of("it did not come from a file");
        }
        if (!Files.isRegularFile(path.get())) {
            return Optional.of("the file is not there any more");
        }
        if (upload.expires().isPresent() && upload.expires().get().isBefore(Instant.now())) {
            return Optional.of("it expired on the server at " + upload.expires().get());
        }
        return change(upload, path.get());
    }

    private static Optional<String> change(RememberedUpload upload, Path path) {
        try {
            OptionalLong before = upload.length();
            long now = Files.size(path);
            if (before.isPresent() && before.getAsLong() != now) {
                return Optional.of(
                        "the file has " + now + " bytes now, " + before.getAsLong() + " before");
            }
            return sameContent(upload, path)
                    ? Optional.empty()
                    : Optional.of("the file has changed; upload it again to send what it is now");
        } catch (IOException | UploadException e) {
            return Optional.of("the file cannot be read");
        }
    }

    private static boolean sameContent(RememberedUpload upload, Path path) throws IOException {
        return UploadSource.file(path) instanceof Content content
                && content.fingerprint().equals(Optional.of(upload.fingerprint()));
    }
}
