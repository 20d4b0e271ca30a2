package io.longhaul.client.cli;

import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import io.longhaul.client.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Does the same to several things; what fails is said and does not keep the others from it. */
final class Each {

    private Each() {}

    /** The exit code of all together. */
    static <T> int of(Shell shell, List<T> things, ToIntFunction<T> action) {
        var codes = new ArrayList<Integer>();
        for (T thing : things) {
            try {
                codes.add(action.applyAsInt(thing));
            } catch (CommandException e) {
                shell.say(String.valueOf(e.getMessage()));
                codes.add(e.exitCode());
            }
        }
        return ExitCode.together(codes);
    }
}
