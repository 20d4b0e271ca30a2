package io.longhaul.server.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The curl command. Where there is none, the tests that use it are skipped, which is printed. */
final class Curl {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;

    Curl(Path directory) {
        this.directory = directory;
        assumeTrue(isInstalled(), "curl is not installed");
    }

    /** Runs curl on a tus request, with arguments as one types them in a shell. */
    Answer tus(String arguments) throws IOException, InterruptedException {
        return plain("-H 'Tus-Resumable: 1.0.0' " + arguments);
    }

    /** Runs curl with nothing but these arguments, as one types them in a shell. */
    Answer plain(String arguments) throws IOException, InterruptedException {
        Path headers = Files.createTempFile(directory, "headers", "");
        Path body = Files.createTempFile(directory, "body", "");
        String line =
                "exec curl --silent --show-error --dump-header '%s' --output '%s' "
                                .formatted(headers, body)
                        + arguments;
        Command.start(directory, Map.of(), "sh", "-c", line).result(LIMIT);
        return Answer.parse(Files.readString(headers), body);
    }

    private static boolean isInstalled() {
        boolean found = Files.isExecutable(Path.of("/usr/bin/curl"));
        if (!found) {
            System.err.println("SKIPPED: tests with curl, because there is no /usr/bin/curl");
        }
        return found;
    }

    /**
     * What curl was answered: the statuses of all answers, interim ones too, the last answer's
     * headers by name in lower case, and the file with its content.
     */
    record Answer(List<Integer> statuses, Map<String, String> headers, Path body) {

        byte[] content() throws IOException {
            return Files.readAllBytes(body);
        }

        String header(String name) {
            return Objects.requireNonNull(headers.get(name), name + " in " + headers);
        }

        static Answer parse(String dump, Path body) {
            var statuses = new ArrayList<Integer>();
            var headers = new TreeMap<String, String>();
            for (String line : dump.lines().toList()) {
                int colon = line.indexOf(':');
                if (line.startsWith("HTTP/")) {
                    statuses.add(Integer.parseInt(line.split(" ", 3)[1]));
                    headers.clear();
                } else if (colon > 0) {
                    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                    headers.put(name, line.substring(colon + 1).strip());
                }
            }
            return new Answer(List.copyOf(statuses), Map.copyOf(headers), body);
        }
    }
}
