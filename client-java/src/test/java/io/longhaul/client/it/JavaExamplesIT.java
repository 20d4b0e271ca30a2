package io.longhaul.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Java example of the README and of the client's page is compiled, run, and has to upload.
 */
@ExtendWith(SharedServer.class)
@Timeout(300)
final class JavaExamplesIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Pattern ARRIVED = Pattern.compile("Arrived: (\\S+)");
    private static final String IMPORTS =
            """
            import io.longhaul.client.*;
            import io.tus.java.client.*;
            import java.io.*;
            import java.net.*;
            import java.net.http.*;
            import java.nio.channels.*;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            """;

    private final ServerProcess server;

    @TempDir private Path directory;

    JavaExamplesIT(ServerProcess server) {
        this.server = server;
    }

    @TestFactory
    Stream<DynamicTest> examplesUpload() throws IOException {
        List<String> examples =
                Stream.of(ROOT.resolve("README.md"), ROOT.resolve("docs/clients/java.md"))
                        .flatMap(JavaExamplesIT::blocks)
                        .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(6);
        TestFile file = TestFile.create(directory, "holiday.mp4", 9L << 20);
        return examples.stream()
                .map(
                        example ->
                                dynamicTest(
                                        example.lines().findFirst().orElse(""),
                                        () -> assertUploads(example, file)));
    }

    private void assertUploads(String example, TestFile file) throws Exception {
        Path classes = compile(example);
        try (Program program = Program.start(directory, classes, "Example")) {
            String output = String.join("\n", program.result(Duration.ofMinutes(1)));
            var arrived = ARRIVED.matcher(output);
            assertThat(arrived.find()).as(output).isTrue();
            URI url = URI.create(arrived.group(1));
            assertThat(TestFile.sha256(url.toURL().openStream())).isEqualTo(file.sha256());
        }
    }

    private Path compile(String example) throws IOException {
        String source =
                IMPORTS
                        + "class Example { public static void main(String[] a) throws Exception {\n"
                        + example.replace(
                                "http://localhost:8080/files", server.uploads().toString())
                        + "}}\n";
        Path folder = Files.createTempDirectory(directory, "example");
        Path file = Files.writeString(folder.resolve("Example.java"), source);
        int errors =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "17",
                                "-cp",
                                Program.classPath(),
                                "-d",
                                folder.toString(),
                                file.toString());
        assertThat(errors).as("errors in %s", source).isZero();
        return folder;
    }

    private static Stream<String> blocks(Path page) {
        try {
            return BLOCK.matcher(Files.readString(page)).results().map(match -> match.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
