package io.longhaul.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.cli.progress.TestShell;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LonghaulTests {

    @TempDir private Path directory;
    private TestShell shell = new TestShell(Map.of());

    @Test
    void namesAllSubcommands() {
        assertThat(run("--help")).isZero();
        assertThat(shell.out())
                .contains("upload ", "resume ", "ls ", "status ", "download ", "rm ", "doctor ")
                .contains("130 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upload",
                "resume",
                "ls",
                "status",
                "download",
                "rm",
                "doctor",
                "completion"
            })
    void explainsEachSubcommand(String name) {
        assertThat(run(name, "--help")).isZero();
        assertThat(shell.out()).startsWith("Usage: longhaul " + name).contains("Exit codes:");
    }

    @Test
    void completesWordsOfAllSubcommands() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(shell.out()).startsWith("#!/").contains("--chunk-size", "--remote", "doctor");
    }

    @Test
    void needsAServer() {
        assertThat(run("upload", "pom.xml")).isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo(
                        "longhaul: no server to upload to: give --to URL, or set"
                                + " LONGHAUL_ENDPOINT\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--chunk-size=0",
                "--chunk-size=big",
                "--parallel=65",
                "--concurrency=0",
                "--retry-for=soon",
                "--stall-timeout=0",
                "--to=ftp://h/",
                "--metadata=a key=value",
                "--header=no colon",
                "--proxy=socks://h:1",
                "--nix"
            })
    void refusesOptionsThatCannotBeMeant(String option) {
        assertThat(run("upload", "--to=http://127.0.0.1:1/", option, "pom.xml")).isEqualTo(2);
        assertThat(shell.err()).startsWith("longhaul: ").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--token=s3cret two",
                "--header=X-Key: s3cret\n",
                "--header=s3cret",
                "--proxy=http://me:s3cret@h:1"
            })
    void neverPrintsSecrets(String option) {
        assertThat(run("status", "--verbose", option, "http://127.0.0.1:1/x")).isNotZero();
        assertThat(shell.err() + shell.out()).isNotEmpty().doesNotContain("s3cret");
    }

    @Test
    void neverPrintsASecretOfTheEnvironment() {
        shell = new TestShell(Map.of("LONGHAUL_TOKEN", "s3cret\ntwo"));
        assertThat(run("status", "http://127.0.0.1:1/x")).isEqualTo(2);
        assertThat(shell.err()).contains("LONGHAUL_TOKEN").doesNotContain("s3cret");
    }

    @Test
    void saysInOneSentenceThatNobodyAnswers() {
        assertThat(run("status", "http://127.0.0.1:1/x")).isEqualTo(3);
        assertThat(shell.err()).isEqualTo("longhaul: http://127.0.0.1:1/x: cannot connect\n");
    }

    @Test
    void findsNothingInAnEmptyStore() {
        assertThat(run("ls", "--store", directory.toString())).isZero();
        assertThat(shell.err()).contains("No open uploads");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void keepsItsStoreWhereTheSystemWantsState() {
        shell = new TestShell(Map.of("XDG_STATE_HOME", directory.toString()));
        assertThat(run("ls")).isZero();
        assertThat(shell.err()).contains(directory.resolve("longhaul/uploads").toString());
    }

    private int run(String... arguments) {
        return Longhaul.run(shell.shell(), arguments);
    }
}
