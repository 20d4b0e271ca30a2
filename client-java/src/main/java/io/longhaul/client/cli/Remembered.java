package io.longhaul.client.cli;

import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.options.ConnectionOptions;
import io.longhaul.client.cli.options.EndpointOption;
import io.longhaul.client.cli.options.StoreOption;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.Shell;
import io.longhaul.client.cli.transfer.RememberedUpload;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Which of the remembered uploads a command is about. */
final class Remembered {

    private Remembered() {}

    /**
     * Those to the endpoint that was named, or all.
     *
     * @param asking whether their servers will be asked: credentials are for one of them only
     */
    static List<RememberedUpload> select(
            Shell shell,
            EndpointOption endpoint,
            ConnectionOptions connection,
            StoreOption store,
            boolean asking) {
        List<RememberedUpload> all = RememberedUpload.in(store.directory(shell));
        boolean secret = asking && connection.hasCredentials(shell);
        Optional<URI> named = secret ? endpoint.find(shell) : endpoint.given();
        List<RememberedUpload> selected =
                all.stream()
                        .filter(one -> named.isEmpty() || named.get().equals(one.endpoint()))
                        .toList();
        long origins =
                selected.stream().map(one -> WebClient.origin(one.endpoint())).distinct().count();
        if (secret && origins > 1) {
            throw CommandException.usage(
                    "there are uploads to "
                            + origins
                            + " servers, and credentials are for one: name it with --to URL");
        }
        return selected;
    }
}
