package io.longhaul.client.cli;

import io.longhaul.client.cli.http.RemoteUpload;
import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.options.ConnectionOptions;
import io.longhaul.client.cli.options.JsonOption;
import io.longhaul.client.cli.options.WebUrlConverter;
import io.longhaul.client.cli.shell.ByteCount;
import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.Json;
import io.longhaul.client.cli.shell.Shell;
import io.longhaul.client.cli.shell.Text;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says how far uploads are. */
@Command(name = "status", description = "Asks a server how far uploads are.")
final class StatusCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private JsonOption json = new JsonOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "URL",
            converter = WebUrlConverter.class,
            description = "Uploads.")
    private List<URI> urls = List.of();

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        WebClient client = connection.webClient(shell);
        return Each.of(shell, urls, url -> show(RemoteUpload.ask(client, url)));
    }

    private int show(RemoteUpload upload) {
        if (json.isSet()) {
            shell.out().println(Json.line(upload.json()));
            return ExitCode.OK;
        }
        line("url", upload.url().toString());
        line("state", upload.complete() ? "complete" : "not complete");
        line(
                "offset",
                bytes(upload.offset()) + upload.percent().map(p -> ", " + p + " %").orElse(""));
        line(
                "length",
                upload.length().isPresent() ? bytes(upload.length().getAsLong()) : "not known yet");
        upload.expires().ifPresent(time -> line("expires", time));
        upload.concatenation().ifPresent(kind -> line("concatenation", kind));
        upload.metadata().forEach(this::line);
        return ExitCode.OK;
    }

    private static String bytes(long count) {
        return count < 1000 ? count + " bytes" : count + " bytes (" + ByteCount.format(count) + ")";
    }

    private void line(String name, String value) {
        shell.out().println(Text.padded(Text.printable(name), 14) + Text.printable(value));
    }
}
