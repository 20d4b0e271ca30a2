package io.longhaul.client.cli.bench;

import java.io.IOException;
import java.util.List;

/**
 * A command that runs before each round, so that no endpoint pays for what the one before it has
 * left to do.
 *
 * @param words the command; empty for none
 */
record BeforeRound(List<String> words) {

    /** A command as it is typed, without quotes. */
    static BeforeRound of(String command) {
        return new BeforeRound(
                command.isBlank() ? List.of() : List.of(command.strip().split(" +")));
    }

    /**
     * Runs it to its end.
     *
     * @throws IOException when it is not there, or says that it failed
     */
    void run() throws IOException, InterruptedException {
        if (words.isEmpty()) {
            return;
        }
        int exit =
                new ProcessBuilder(words)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
        if (exit != 0) {
            throw new IOException(
                    "--before-round '%s' ended with %d".formatted(String.join(" ", words), exit));
        }
    }
}
