package io.longhaul.server.documentation;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static java.util.regex.Matcher.quoteReplacement;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.Command;
import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.Nginx;
import io.longhaul.server.testing.NginxBinary;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the guide to several servers says, with a directory of this one for each machine, and
 * uploads meanwhile.
 */
@Timeout(600)
@ExtendWith(SharedCeph.class)
final class SeveralServersIT {

    private static final Path PAGE = Path.of("..", "docs", "operations", "several-servers.md");
    private static final String FIRST = "10.0.0.1";
    private static final String NETWORK = "10.0.0.";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir private Path directory;

    private final int port = FreePorts.next();
    private final int balancerPort = FreePorts.next();
    private Path binary;
    private CephServer store;
    private Optional<Nginx> nginx = Optional.empty();

    @BeforeEach
    void findNginx(CephServer ceph) throws InterruptedException {
        Optional<Path> found = NginxBinary.find();
        assumeTrue(found.isPresent(), "there is no nginx");
        binary = found.get();
        store = ceph;
    }

    @AfterEach
    void endAll() throws Exception {
        if (nginx.isPresent()) {
            run("nginx -s stop"); // ends those that serve requests too
            nginx.get().close();
        }
        for (int machine = 1; machine <= 4; machine++) {
            Path file = machine(machine).resolve("server.pid");
            if (Files.exists(file)) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void uploadsArriveWhileServersComeAndGo() throws Exception {
        run(shell("1. Make the bucket", 0));
        for (int machine = 1; machine <= 3; machine++) {
            install(machine);
        }
        run(shell("3. Check the store", 0));
        for (int machine = 1; machine <= 3; machine++) {
            start(machine);
        }
        balance();

        assertThat(run(shell("6. Upload", 0)))
                .isEqualTo(section("6. Upload").code("text").getFirst());
        assertThat(requests()).hasSize(10).allMatch(request -> request.contains(" 20"));
        assertThat(servers(0)).containsOnly(1, 2, 3);
        assertThat(run(shell("7. Try a call", 0)))
                .isEqualTo(section("7. Try a call").code("text").getFirst());
        assertThat(callThroughBalancer()).isEqualTo("404");
        assertThat(requests().getLast()).endsWith(" -"); // no server was asked

        try (Command upload = beginUpload()) {
            takeOut(1);
            upload.result(LIMIT);
        }
        assertThat(serversOfUpload()).containsOnly(2, 3);

        try (Command upload = beginUpload()) {
            putIn(1);
            upload.result(LIMIT);
        }
        assertThat(serversOfUpload()).containsOnly(1, 2, 3);

        try (Command upload = beginUpload()) {
            takeOut(2);
            install(2);
            putIn(2);
            upload.result(LIMIT);
        }
        install(4);
        start(4);
        run(shell("Add a server", 0));
        assertThat(serversOfUpload()).containsOnly(1, 2, 3, 4);
    }

    private void install(int machine) throws Exception {
        run(machine, shell("2. Install the server on each machine", 0));
    }

    private void start(int machine) throws Exception {
        run(machine, shell("4. Start the servers", 0));
    }

    private void takeOut(int machine) throws Exception {
        run(machine, shell("Take a server out", 0));
        run(machine, shell("Take a server out", 1));
    }

    private void putIn(int machine) throws Exception {
        start(machine);
        run(machine, shell("Put it in again", 0));
    }

    /** With its files in the directory, and a log that says which server had a request. */
    private void balance() throws Exception {
        String user = System.getProperty("user.name"); // owns the directory
        String configuration =
                at(1, section("5. Balance them").code("nginx").getFirst())
                        .replace("listen 80;", "listen 127.0.0.1:%d;".formatted(balancerPort))
                        .replace("http {", files())
                        .replace("events {}", "daemon off; user %s; events {}".formatted(user));
        nginx =
                Optional.of(
                        Nginx.run(
                                binary,
                                directory,
                                URI.create("http://127.0.0.1:" + balancerPort),
                                "pid %s/nginx.pid;%n".formatted(directory) + configuration));
        run(shell("5. Balance them", 0));
    }

    private String files() {
        return """
        http {
            log_format node '$request_method $status $upstream_addr';
            access_log %1$s/access.log node;
            client_body_temp_path %1$s/body;
            proxy_temp_path %1$s/proxy;
            fastcgi_temp_path %1$s/fastcgi;
            uwsgi_temp_path %1$s/uwsgi;
            scgi_temp_path %1$s/scgi;
        """
                .formatted(directory);
    }

    private String callThroughBalancer() throws Exception {
        return run(
                "curl -sS -o /dev/null -w '%{http_code}' -X POST"
                        + " http://uploads.example.org/internal/holders/x/let-go");
    }

    private Command beginUpload() throws IOException {
        Path client = Files.createTempDirectory(directory, "client");
        return start(1, client, shell("6. Upload", 0));
    }

    private List<Integer> serversOfUpload() throws Exception {
        int before = requests().size();
        run(shell("6. Upload", 0));
        return servers(before);
    }

    /** The machines that had the requests, but for so many first ones. */
    private List<Integer> servers(int before) throws IOException {
        return requests().stream()
                .skip(before)
                .map(request -> request.substring(request.lastIndexOf(' ') + 1))
                .map(address -> address.substring("127.0.0.".length(), address.indexOf(':')))
                .map(Integer::valueOf)
                .toList();
    }

    private List<String> requests() throws IOException {
        return Files.readAllLines(directory.resolve("access.log"));
    }

    private static Section section(String title) throws IOException {
        return Section.of(PAGE, title);
    }

    private static String shell(String title, int number) throws IOException {
        return section(title).code("sh").get(number);
    }

    private Path machine(int machine) {
        return directory.resolve("machine" + machine);
    }

    /**
     * What the guide says for the first machine, with this test's addresses and paths: each put in
     * once, as the name of a directory can contain digits like those of a port.
     */
    private String at(int machine, String text) {
        Map<String, Object> places =
                Map.ofEntries(
                        entry("server/target", Path.of("target").toAbsolutePath()),
                        entry("/srv/longhaul", machine(machine)),
                        entry("/etc/nginx", directory),
                        entry("https://s3.example.org", store.endpoint()),
                        entry("ACCESS_KEY_ID=key", "ACCESS_KEY_ID=" + store.accessKey()),
                        entry("SECRET_ACCESS_KEY=secret", "SECRET_ACCESS_KEY=" + store.secretKey()),
                        entry("CLUSTER_SECRET=common", "CLUSTER_SECRET=" + SECRET),
                        entry("uploads.example.org", "127.0.0.1:" + balancerPort),
                        entry(NETWORK, "127.0.0."),
                        entry("8080", port));
        Pattern names =
                Pattern.compile(places.keySet().stream().map(Pattern::quote).collect(joining("|")));
        return names.matcher(text.replace(FIRST, NETWORK + machine))
                .replaceAll(
                        found -> {
                            Object place = requireNonNull(places.get(found.group()));
                            return quoteReplacement(place.toString());
                        });
    }

    private String run(String script) throws Exception {
        return run(1, script);
    }

    private String run(int machine, String script) throws Exception {
        return start(machine, directory, script).result(LIMIT);
    }

    private Command start(int machine, Path current, String script) throws IOException {
        String command =
                "nginx() { %1$s -e stderr -p %2$s -c %2$s/nginx.conf \"$@\"; }%n"
                        .formatted(binary, directory);
        return Command.start(
                current,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                "bash",
                "-euo",
                "pipefail",
                "-c",
                command + at(machine, script));
    }
}
