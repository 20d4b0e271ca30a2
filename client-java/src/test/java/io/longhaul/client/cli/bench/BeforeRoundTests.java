package io.longhaul.client.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class BeforeRoundTests {

    @TempDir private Path directory;

    @Test
    void runsTheCommandToItsEnd() throws Exception {
        Path made = directory.resolve("made");

        BeforeRound.of("  touch   " + made).run();

        assertThat(made).exists();
    }

    @Test
    void runsNothingWhenThereIsNoCommand() {
        assertThatCode(() -> BeforeRound.of(" ").run()).doesNotThrowAnyException();
    }

    @Test
    void saysThatACommandFailed() {
        assertThatIOException()
                .isThrownBy(() -> BeforeRound.of("cat " + directory).run())
                .withMessage("--before-round 'cat %s' ended with 1", directory);
        assertThatIOException()
                .isThrownBy(() -> BeforeRound.of("no-such-command-here").run())
                .withMessageContaining("no-such-command-here");
    }
}
