package io.longhaul.client.cli;

import io.longhaul.client.cli.doctor.Doctor;
import io.longhaul.client.cli.doctor.Finding;
import io.longhaul.client.cli.options.ConnectionOptions;
import io.longhaul.client.cli.options.JsonOption;
import io.longhaul.client.cli.options.WebUrlConverter;
import io.longhaul.client.cli.shell.Json;
import io.longhaul.client.cli.shell.Shell;
import io.longhaul.client.cli.shell.Text;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks a server and what lies between. */
@Command(
        name = "doctor",
        description = {
            "Checks a server, and what lies between, and says what to change.",
            "Makes small uploads (about 10 MiB in all) and deletes them."
        })
final class DoctorCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private JsonOption json = new JsonOption();

    @Parameters(
            paramLabel = "URL",
            converter = WebUrlConverter.class,
            description = "Where uploads are created.")
    private URI endpoint = URI.create("");

    DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return new Doctor(connection.webClient(shell), this::show).examine(endpoint);
    }

    private void show(Finding finding) {
        if (json.isSet()) {
            shell.out().println(Json.line(finding.json()));
        } else {
            print(finding);
        }
        shell.out().flush();
    }

    private void print(Finding finding) {
        String start = Text.padded(finding.verdict().word(), 6) + Text.padded(finding.check(), 11);
        shell.out().println(start + Text.printable(finding.seen()));
        finding.advice().ifPresent(advice -> shell.out().println(" ".repeat(17) + "-> " + advice));
    }
}
