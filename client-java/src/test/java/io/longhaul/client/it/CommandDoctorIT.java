package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.it.LonghaulCommand.Result;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code longhaul doctor} finds: nothing in a server by itself, faults in a bad proxy. */
@ExtendWith(SharedServer.class)
@Timeout(value = 3, unit = MINUTES)
final class CommandDoctorIT {

    private static final int MIB = 1 << 20;

    private final ServerProcess server;

    @TempDir private Path directory;

    CommandDoctorIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void findsNothingInTheServerItself() throws Exception {
        Result result = examine(server.uploads());
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.lines()).allMatch(line -> line.startsWith("ok "));
        assertThat(names(result))
                .containsExactly(
                        "reach",
                        "options",
                        "create",
                        "append",
                        "http",
                        "clock",
                        "conflict",
                        "streaming",
                        "takeover",
                        "headers",
                        "size",
                        "download",
                        "delete");
    }

    @Test
    void seesThatAProxyGathersBodiesAndLimitsThem() throws Exception {
        try (var proxy = BadProxy.to(server.origin(), MIB, UnaryOperator.identity())) {
            Result result = examine(proxy.uploads());
            assertThat(result.code()).isEqualTo(8);
            assertThat(failed(result)).containsExactly("streaming", "size");
            assertThat(result.out())
                    .contains("the server kept 0 B", "proxy_request_buffering off")
                    .contains("1.50 MiB is answered by 413", "client_max_body_size");
        }
    }

    @Test
    void seesLocationsThatLeadElsewhereAndStillLooksAtTheRest() throws Exception {
        UnaryOperator<String> elsewhere =
                location -> "http://127.0.0.1:1" + URI.create(location).getPath();
        try (var proxy = BadProxy.to(server.origin(), Long.MAX_VALUE, elsewhere)) {
            Result result = examine(proxy.uploads());
            assertThat(failed(result)).contains("create");
            assertThat(result.out())
                    .contains("http://127.0.0.1:1; it does not answer", "X-Forwarded-Proto")
                    .contains("ok    size", "test uploads are gone");
        }
    }

    @Test
    void stopsWhereNobodyAnswers() throws Exception {
        Result result = run("doctor", "--json", "http://127.0.0.1:1/files");
        assertThat(result.code()).isEqualTo(8);
        assertThat(result.lines())
                .singleElement()
                .asString()
                .startsWith(
                        "{\"check\":\"reach\",\"verdict\":\"fail\",\"seen\":\"cannot connect\"");
    }

    @Test
    void saysThatAUrlIsNoEndpoint() throws Exception {
        Result result = examine(server.origin().resolve("/nothing"));
        assertThat(failed(result)).containsExactly("create");
        assertThat(result.out()).contains("Check the path of the URL");
    }

    private Result examine(URI endpoint) throws Exception {
        return run("doctor", endpoint.toString());
    }

    private Result run(String... arguments) throws Exception {
        return LonghaulCommand.run(directory, arguments);
    }

    private static List<String> names(Result result) {
        return result.lines().stream().map(line -> line.split("\\s+", 3)[1]).toList();
    }

    private static List<String> failed(Result result) {
        return result.lines().stream()
                .filter(line -> line.startsWith("fail"))
                .map(line -> line.split("\\s+", 3)[1])
                .toList();
    }
}
