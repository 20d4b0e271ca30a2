package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.longhaul.server.LonghaulApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the real application prints when it cannot start. */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

    @TempDir Path temporary;
    @TempDir Path elsewhere;

    @Test
    void saysThatThePortIsInUse(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fails("--server.port=" + taken.getLocalPort());

            assertSays(
                    output,
                    "Port %d at 127.0.0.1 is in use by another program."
                            .formatted(taken.getLocalPort()),
                    "Stop that program, or choose another port with server.port, for example"
                            + " --server.port=8081.");
        }
    }

    @Test
    void saysThatTheAddressIsNotOfThisMachine(CapturedOutput output) {
        fails("--server.address=192.0.2.1");

        assertSays(
                output,
                "The server cannot listen on port 0 at 192.0.2.1: Cannot assign requested address.",
                "Set server.address to an address of this machine and server.port to a port that"
                        + " the user who runs the server may open.");
    }

    @Test
    void saysThatTheDataDirectoryIsOfSomebodyElse(CapturedOutput output) throws IOException {
        Files.createFile(temporary.resolve("holiday.jpg"));
        fails();

        assertSays(
                output,
                "The directory %s is not empty and was not made by Longhaul: it has 'holiday.jpg'."
                        .formatted(temporary),
                "Set longhaul.data-dir to an empty or a new directory.");
    }

    @Test
    void saysThatTheDataDirectoryIsInUse(CapturedOutput output) throws IOException {
        try (DataDirectory _ = DataDirectory.open(temporary)) {
            fails();
        }

        assertSays(
                output,
                "The data directory %s is in use by another Longhaul server that is running."
                        .formatted(temporary),
                "Stop that server, or set longhaul.data-dir to another directory for this one.");
    }

    @Test
    void letsGoOfTheDataDirectoryWhenTheStartFails() throws IOException {
        fails("--server.address=192.0.2.1");

        DataDirectory.open(temporary).close();

        assertThat(temporary.resolve("longhaul-data")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    longhaul.max-size         | big   | read | a size in bytes or with a unit, such as 16MB, 2GB or 5TB
                    longhaul.expiry           | -5s   | used | longer than zero and at most 36500d
                    longhaul.durability       | none  | read | power-loss or process-crash
                    longhaul.http.trusted-proxies | 10.0.0.1,proxy | read | IP addresses or CIDR blocks such as 192.0.2.7 or 10.0.0.0/8
                    longhaul.cors.allow-credentials | true | used | false while every origin (*) is allowed; to allow credentials, name the origins in longhaul.cors.allowed-origins
                    server.port               | abc   | used | a number from 0 to 65535
                    server.port               | 70000 | used | a number from 0 to 65535
                    server.address            | a b   | read | an IP address or a host name of this machine
                    """)
    void saysWhichValueIsWrongAndWhatIsAllowed(
            String key, String value, String verb, String allowed, CapturedOutput output) {
        fails("--%s=%s".formatted(key, value));

        assertSays(
                output,
                "The setting %s has the value '%s' (on the command line), which cannot be %s."
                        .formatted(key, value, verb),
                "It must be %s.".formatted(allowed));
    }

    @Test
    void saysInWhichLineOfAFileAValueIsWrong(CapturedOutput output) throws IOException {
        Path file = configuration("longhaul:\n  http:\n    trusted-proxies: [10.0.0.1, proxy]\n");
        fails("--spring.config.additional-location=" + file.toUri());

        assertSays(
                output,
                "The setting longhaul.http.trusted-proxies[1] has the value 'proxy' (in %s, line 3),"
                                .formatted(file)
                        + " which cannot be read.",
                "It must be IP addresses or CIDR blocks such as 192.0.2.7 or 10.0.0.0/8.");
    }

    @Test
    void saysWhichSettingOfAFileIsUnknownAndWhatWasMeant(CapturedOutput output) throws IOException {
        Path file = configuration("longhaul:\n  max-sise: 5TB\n");
        fails("--spring.config.additional-location=" + file.toUri());

        assertSays(
                output,
                "There is no setting longhaul.max-sise (in %s, line 2).".formatted(file),
                "Did you mean longhaul.max-size? Correct longhaul.max-sise or remove it.");
    }

    @Test
    void saysThatASettingHasNoValue(CapturedOutput output) {
        fails("--longhaul.max-size=");

        assertSays(
                output,
                "The setting longhaul.max-size has no value (on the command line).",
                "Give longhaul.max-size a value or remove it.");
    }

    @Test
    void listsTheSettingsWhenNoneIsLikeTheUnknownOne(CapturedOutput output) {
        fails("--longhaul.colour=blue");

        assertThat(output)
                .contains("There is no setting longhaul.colour (on the command line).")
                .contains("Remove longhaul.colour; the settings are longhaul.data-dir, ")
                .contains("longhaul.cors.max-age.");
    }

    private Path configuration(String text) throws IOException {
        return Files.writeString(elsewhere.resolve("application.yaml"), text);
    }

    private void fails(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--longhaul.data-dir=" + temporary);
        if (!String.join(" ", settings).contains("--server.port=")) {
            arguments.add("--server.port=0");
        }
        assertThat(
                        catchThrowable(
                                () ->
                                        SpringApplication.run(
                                                        LonghaulApplication.class,
                                                        arguments.toArray(String[]::new))
                                                .close()))
                .isNotNull();
    }

    private static void assertSays(CapturedOutput output, String problem, String remedy) {
        assertThat(output.getAll().lines())
                .containsSequence("Description:", "", problem, "", "Action:", "", remedy);
        assertThat(output).doesNotContain("\tat ").doesNotContain("Exception");
    }
}
