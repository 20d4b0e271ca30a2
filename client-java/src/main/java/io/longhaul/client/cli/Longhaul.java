package io.longhaul.client.cli;

import io.longhaul.client.cli.bench.BenchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code longhaul} command. */
@Command(
        name = "longhaul",
        description = "Uploads files of any size to any tus server, over any network.",
        mixinStandardHelpOptions = true,
        subcommands = BenchCommand.class)
final class Longhaul {

    private Longhaul() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Longhaul()).execute(arguments));
    }
}
