package io.longhaul.client.cli;

import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.Shell;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the script that lets a shell complete words of this command. */
@Command(
        name = "completion",
        description = {
            "Prints a script that completes words of this command, for example:",
            "  source <(longhaul completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** Shells that can be served; the script is the same. */
    enum ShellName {
        bash,
        zsh
    }

    private final Shell shell;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private ShellName name = ShellName.bash;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (name == ShellName.zsh) {
            // The script itself begins this for zsh too, but too late when it is sourced alone.
            shell.out().println("autoload -U +X compinit && compinit");
        }
        shell.out().println(AutoComplete.bash("longhaul", Longhaul.commandLine(shell)));
        return ExitCode.OK;
    }
}
