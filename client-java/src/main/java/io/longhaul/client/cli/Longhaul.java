package io.longhaul.client.cli;

import io.longhaul.client.cli.bench.BenchCommand;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.Shell;
import io.longhaul.client.cli.shell.Text;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code longhaul} command. */
@Command(
        name = "longhaul",
        description = "Uploads files of any size to any tus server, over any network.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        showEndOfOptionsDelimiterInUsageHelp = false,
        usageHelpAutoWidth = true,
        abbreviateSynopsis = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:an unexpected failure, for example a disk that is full",
            "2:the command line is wrong",
            "3:given up: the network or the server was away for too long",
            "4:refused: the server will not, cannot, or does not have the upload",
            "5:the server refuses the credentials",
            "6:a file changed or cannot be read",
            "7:some of several failed, others did not",
            "8:doctor found a fault",
            "9:another process is uploading the same file",
            "130:stopped by Ctrl-C"
        })
final class Longhaul {

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Stack traces, for reports of faults.")
    private boolean verbose;

    private Longhaul() {}

    public static void main(String[] arguments) {
        System.exit(run(Shell.system(), arguments));
    }

    /** Runs one command line, and returns its exit code. */
    static int run(Shell shell, String... arguments) {
        int code = commandLine(shell, arguments).execute(arguments);
        shell.out().flush();
        shell.err().flush();
        return code;
    }

    /** All subcommands. */
    static CommandLine commandLine(Shell shell) {
        return commandLine(shell, new String[0]);
    }

    /**
     * Only what the arguments ask for, because looking at all the options of all subcommands takes
     * longer than starting Java.
     */
    private static CommandLine commandLine(Shell shell, String... arguments) {
        var root = new Longhaul();
        var line = new CommandLine(root);
        Map<String, Function<Shell, Object>> all = subcommands();
        Optional<String> named = Arrays.stream(arguments).filter(all::containsKey).findFirst();
        boolean version = arguments.length == 1 && arguments[0].matches("-V|--version");
        all.entrySet().stream()
                .filter(entry -> !version)
                .filter(entry -> named.isEmpty() || entry.getKey().equals(named.get()))
                .forEach(
                        entry -> line.addSubcommand(entry.getKey(), entry.getValue().apply(shell)));
        line.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler(
                (failure, command, result) -> root.report(shell, failure));
        line.setParameterExceptionHandler((failure, words) -> misuse(shell, failure));
        return line;
    }

    private static Map<String, Function<Shell, Object>> subcommands() {
        var all = new LinkedHashMap<String, Function<Shell, Object>>();
        all.put("upload", UploadCommand::new);
        all.put("resume", ResumeCommand::new);
        all.put("ls", ListCommand::new);
        all.put("status", StatusCommand::new);
        all.put("download", DownloadCommand::new);
        all.put("rm", RemoveCommand::new);
        all.put("bench", shell -> new BenchCommand());
        all.put("doctor", DoctorCommand::new);
        all.put("completion", CompletionCommand::new);
        return all;
    }

    private int report(Shell shell, Exception failure) {
        String message = failure.getMessage();
        boolean known = failure instanceof CommandException && message != null;
        shell.say(known || message != null ? String.valueOf(message) : failure.toString());
        if (verbose) {
            failure.printStackTrace(shell.err());
        }
        return ExitCode.of(failure);
    }

    private static int misuse(Shell shell, ParameterException failure) {
        String name = failure.getCommandLine().getCommandSpec().qualifiedName();
        shell.err().println("longhaul: " + Text.printable(String.valueOf(failure.getMessage())));
        shell.err().println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }
}
