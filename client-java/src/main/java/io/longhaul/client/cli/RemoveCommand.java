package io.longhaul.client.cli;

import io.longhaul.client.FileUrlStore;
import io.longhaul.client.StoredUpload;
import io.longhaul.client.cli.http.RemoteUpload;
import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.options.ConnectionOptions;
import io.longhaul.client.cli.options.StoreOption;
import io.longhaul.client.cli.options.WebUrlConverter;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes uploads on the server, and forgets them. */
@Command(name = "rm", description = "Deletes uploads on their server, and forgets them here.")
final class RemoveCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private StoreOption store = new StoreOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "URL",
            converter = WebUrlConverter.class,
            description = "Uploads.")
    private List<URI> urls = List.of();

    RemoveCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        WebClient client = connection.webClient(shell);
        return Each.of(shell, urls, url -> remove(client, url));
    }

    private int remove(WebClient client, URI url) {
        int status = delete(client, url);
        if (status == 404 || status == 410) {
            shell.err().println(url + ": was gone already (" + status + ")");
        } else if (status / 100 == 2) {
            shell.err().println(url + ": deleted");
        } else if (status == 405 || status == 501) {
            throw new CommandException(
                    ExitCode.REFUSED, url + ": the server deletes no uploads (" + status + ")");
        } else {
            throw RemoteUpload.refusal(url, status);
        }
        forget(url);
        return ExitCode.OK;
    }

    private static int delete(WebClient client, URI url) {
        try {
            return client.tus("DELETE", url).statusCode();
        } catch (IOException e) {
            throw new CommandException(ExitCode.NETWORK, url + ": " + WebClient.reason(e), e);
        }
    }

    private void forget(URI url) {
        Path directory = store.directory(shell);
        for (StoredUpload upload : FileUrlStore.uploads(directory)) {
            if (upload.url().equals(url)) {
                new FileUrlStore(directory, upload.endpoint()).remove(upload.fingerprint());
            }
        }
    }
}
