package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of bad requests over real sockets, also for paths that are none of an upload: each
 * answer has a status that is meant, and none shows what the server is made of. {@code
 * -Dhostile.seconds} makes it longer and {@code -Dhostile.seed} repeats a run.
 */
class HostileRequestTests extends CoreTranscript {

    private static final Duration TIME = Duration.ofSeconds(Long.getLong("hostile.seconds", 5));
    private static final long SEED = Long.getLong("hostile.seed", 1);
    private static final int LEAST = 50;

    private static final Pattern STATUS =
            Pattern.compile("(?:^|(?<=\n))HTTP/1\\.1 ([0-9]{3}) [A-Za-z -]*\r\n");

    private static final Set<Integer> MEANT =
            Set.of(
                    100, 200, 201, 204, 206, 301, 304, 400, 403, 404, 405, 406, 409, 410, 411, 412,
                    413, 414, 415, 416, 417, 423, 426, 431, 460, 501, 505);

    private static final Pattern INTERNALS =
            Pattern.compile(
                    "(?i)exception|\\bat (?:io|org|java)\\.|jetty|java\\.|springframework"
                            + "|\\r\\n(?:server|x-powered-by|x-own):|whitelabel");

    /** Spring 7.0.9 answers 500 to such a type where it offers to read a body. */
    private static final Pattern SPRING_FAILS =
            Pattern.compile("/actuator/health/.*Content-Type: [^\r]*\\*", Pattern.DOTALL);

    private String upload = "";

    HostileRequestTests() {
        super("longhaul.http.trusted-proxies=127.0.0.0/8,::1");
    }

    @BeforeAll
    void createUpload() throws IOException {
        upload = create("Upload-Length: 1000000", "Upload-Metadata: filename YQ==");
    }

    /** All that the server says to these bytes until it closes. */
    private String answer(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException _) { // it may reset a connection that brings nonsense
            return "";
        }
    }

    private void check(String request, String answer, Map<Integer, Integer> statuses) {
        Matcher status = STATUS.matcher(answer);
        assertThat(answer.isEmpty() || status.lookingAt()).as(request + "\n->\n" + answer).isTrue();
        status.reset();
        while (status.find()) {
            int code = Integer.parseInt(status.group(1));
            if (code != 500 || !SPRING_FAILS.matcher(request).find()) {
                assertThat(MEANT).as(request + "\n->\n" + answer).contains(code);
            }
            statuses.merge(code, 1, Integer::sum);
        }
        // What a client sent may come back: it is not ours.
        String own = answer.replace(request, "");
        assertThat(INTERNALS.matcher(own).find()).as(request + "\n->\n" + answer).isFalse();
        assertThat(answer).doesNotContain(server().data().toString());
    }

    @Test
    void noAnswerShowsInternals() throws IOException {
        HostileRequest requests = new HostileRequest(new Random(SEED), upload);
        Map<Integer, Integer> statuses = new TreeMap<>();
        long end = System.nanoTime() + TIME.toNanos();
        int count = 0;
        while (count < LEAST || System.nanoTime() < end) {
            byte[] request = requests.next();
            check(new String(request, ISO_8859_1), answer(request), statuses);
            count++;
        }
        System.out.printf("%d requests from seed %d: %s%n", count, SEED, statuses);
        assertThat(statuses).containsKeys(400, 404);
        assertThat(exchange("HEAD", upload).status()).isIn(200, 410);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /error",
                "POST /error",
                "GET /actuator",
                "GET /actuator/env",
                "GET /actuator/heapdump",
                "GET /actuator/health/nobody",
                "POST /actuator/health",
                "DELETE /actuator/prometheus",
                "POST /",
                "PUT /index.html",
                "GET /nobody",
                "GET /nobody.html",
                "GET /assets/",
                "GET /assets/..%2f..%2fapplication.yaml",
                "GET /assets/%2e%2e/%2e%2e/application.yaml",
                "GET /..;/actuator/env",
                "GET /;a=b/nobody",
                "GET /%00",
                "GET /%zz",
                "GET /%c0%af",
                "GET //nobody",
                "GET /META-INF/MANIFEST.MF",
                "GET /WEB-INF/web.xml",
                "GET /application.yaml",
                "PROPFIND /",
                "OPTIONS *",
                "TRACE /",
                "TRACE /files",
                "CONNECT localhost:80"
            })
    void pathsOfNoUploadArePlainToo(String start) throws IOException {
        for (String accept : new String[] {"*/*", "text/html", "application/json", "a/b", "/"}) {
            String request =
                    "%s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\nX-Own: 1\r\n\r\n"
                            .formatted(start, accept);
            String answer = answer(request.getBytes(ISO_8859_1));

            assertThat(answer).isNotEmpty();
            check(request, answer, new TreeMap<>());
            assertThat(answer).doesNotContain("spring:", "Manifest-Version");
        }
    }
}
