package io.longhaul.client.cli;

import io.longhaul.client.cli.http.RemoteUpload;
import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.options.ConnectionOptions;
import io.longhaul.client.cli.options.EndpointOption;
import io.longhaul.client.cli.options.JsonOption;
import io.longhaul.client.cli.options.StoreOption;
import io.longhaul.client.cli.shell.ByteCount;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.Json;
import io.longhaul.client.cli.shell.Shell;
import io.longhaul.client.cli.transfer.RememberedUpload;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what the store has open. */
@Command(name = "ls", description = "Lists uploads that were begun here and are not complete.")
final class ListCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final Shell shell;

    @Mixin private EndpointOption endpoint = new EndpointOption();
    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private StoreOption store = new StoreOption();
    @Mixin private JsonOption json = new JsonOption();

    @Option(names = "--remote", description = "Asks the servers too how far each is.")
    private boolean remote;

    ListCommand(Shell shell) {
        this.shell = shell;
    }

    /** How far the server says it is, or why that cannot be said. */
    private record Progress(Optional<Long> offset, Optional<String> trouble) {

        String text(RememberedUpload upload) {
            if (offset.isEmpty()) {
                return trouble.map(reason -> "?").orElse("");
            }
            String bytes = ByteCount.format(offset.get());
            long length = upload.length().orElse(0);
            return length == 0 ? bytes : bytes + " " + offset.get() * 100 / length + "%";
        }
    }

    @Override
    public Integer call() {
        List<RememberedUpload> uploads =
                Remembered.select(shell, endpoint, connection, store, remote);
        var codes = new ArrayList<Integer>();
        var progress = new ArrayList<Progress>();
        for (RememberedUpload upload : uploads) {
            Progress one = progress(upload);
            progress.add(one);
            codes.add(one.trouble().isPresent() ? ExitCode.REFUSED : ExitCode.OK);
        }
        if (json.isSet()) {
            printJson(uploads, progress);
        } else {
            printTable(uploads, progress);
        }
        return ExitCode.together(codes);
    }

    private Progress progress(RememberedUpload upload) {
        if (!remote) {
            return new Progress(Optional.empty(), Optional.empty());
        }
        WebClient client = connection.webClient(shell);
        try {
            long offset = 0;
            for (URI url : upload.urls()) {
                offset += RemoteUpload.ask(client, url).offset();
            }
            return new Progress(Optional.of(offset), Optional.empty());
        } catch (CommandException e) {
            return new Progress(Optional.empty(), Optional.ofNullable(e.getMessage()));
        }
    }

    private void printJson(List<RememberedUpload> uploads, List<Progress> progress) {
        for (int i = 0; i < uploads.size(); i++) {
            RememberedUpload upload = uploads.get(i);
            var line = new LinkedHashMap<String, Object>();
            line.put("path", upload.path());
            line.put("url", upload.urls().get(0));
            line.put("urls", upload.urls());
            line.put("endpoint", upload.endpoint());
            if (upload.length().isPresent()) {
                line.put("length", upload.length().getAsLong());
            }
            line.put("offset", progress.get(i).offset());
            line.put("trouble", progress.get(i).trouble());
            line.put("stored", upload.stored());
            line.put("expires", upload.expires());
            line.put("metadata", upload.metadata());
            shell.out().println(Json.line(line));
        }
    }

    private void printTable(List<RememberedUpload> uploads, List<Progress> progress) {
        if (uploads.isEmpty()) {
            shell.err().println("No open uploads in " + store.directory(shell) + ".");
            return;
        }
        var table = new Table("BEGUN", "EXPIRES", "LENGTH", "ON SERVER", "FILE", "URL");
        for (int i = 0; i < uploads.size(); i++) {
            RememberedUpload upload = uploads.get(i);
            String more = upload.pieces() > 1 ? " and other pieces, " + upload.pieces() : "";
            table.add(
                    TIME.format(upload.stored()),
                    upload.expires().map(ListCommand::expiry).orElse(""),
                    upload.length().isPresent()
                            ? ByteCount.format(upload.length().getAsLong())
                            : "",
                    progress.get(i).text(upload),
                    upload.path().map(Object::toString).orElse(""),
                    upload.urls().get(0) + more);
        }
        table.print(shell.out());
        progress.forEach(one -> one.trouble().ifPresent(shell::say));
    }

    private static String expiry(Instant time) {
        return time.isBefore(Instant.now()) ? "expired" : TIME.format(time);
    }
}
