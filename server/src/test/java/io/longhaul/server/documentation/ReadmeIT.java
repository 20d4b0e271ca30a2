package io.longhaul.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.commons.io.IOUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs what the README says can be run, and compares what it prints. */
@Timeout(60)
class ReadmeIT {

    private static final Path README = Path.of("..", "README.md");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    @Test
    void curlCommandsPrintWhatTheReadmeSays() throws Exception {
        Section section = Section.of(README, "With curl");
        try (ServerProcess server = ServerProcess.start()) {
            String script =
                    String.join("", section.code("sh"))
                            .replace("http://localhost:8080", server.origin().toString());

            assertThat(anonymous(run(script)))
                    .isEqualTo(anonymous(String.join("", section.code("text"))));
        }
    }

    private static String anonymous(String output) {
        return ID.matcher(output).replaceAll("<id>").replace("\r", "").strip();
    }

    private static String run(String script) throws IOException, InterruptedException {
        Process bash =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                        .redirectErrorStream(true)
                        .start();
        String output = IOUtils.toString(bash.getInputStream(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(output).isZero();
        return output;
    }
}
