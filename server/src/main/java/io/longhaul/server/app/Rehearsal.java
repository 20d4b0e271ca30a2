package io.longhaul.server.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longhaul.server.LonghaulApplication;
import io.longhaul.server.catalog.jdbc.SqliteLibrary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.commons.io.IOUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the server, asks it for a little of everything, and stops it: what Java notes meanwhile
 * makes the next starts fast. Not part of a server that runs.
 */
public final class Rehearsal {

    private static final int ROUNDS = 20;
    private static final String APPEND =
            "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n";

    private final int port;

    private Rehearsal(int port) {
        this.port = port;
    }

    /**
     * Starts, asks and stops. First leaves SQLite's native code where the server will look for it.
     *
     * @param args as for the server; they should name a data directory that nobody needs afterwards
     */
    public static void main(String[] args) throws IOException {
        String library = System.getProperty(SqliteLibrary.PLACE);
        if (library != null) {
            SqliteLibrary.unpack(Path.of(library));
        }
        try (ConfigurableApplicationContext server =
                SpringApplication.run(LonghaulApplication.class, args)) {
            String port = server.getEnvironment().getProperty("local.server.port");
            Rehearsal rehearsal = new Rehearsal(Integer.parseInt(Objects.requireNonNull(port)));
            for (int i = 0; i < ROUNDS; i++) {
                rehearsal.run();
            }
        }
    }

    private void run() throws IOException {
        ask("GET", "/", "", "");
        ask("GET", "/actuator/health/readiness", "", "");
        ask("GET", "/actuator/prometheus", "", "");
        ask("OPTIONS", "/files", "", "");
        String upload = location(ask("POST", "/files", "Upload-Length: 11\r\n", ""));
        ask("PATCH", upload, APPEND, "hello world");
        ask("HEAD", upload, "", "");
        ask("GET", upload, "Range: bytes=0-4\r\n", "");
        String whole =
                location(ask("POST", "/files", "Upload-Length: 11\r\n" + APPEND, "hello world"));
        ask("DELETE", whole, "", "");
        ask("HEAD", whole, "", "");
    }

    private static String location(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("Location: "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Location in: " + answer))
                .substring("Location: ".length());
    }

    private String ask(String method, String path, String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request =
                    "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n%sContent-Length: %d\r\n\r\n%s"
                            .formatted(method, path, headers, body.length(), body);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return IOUtils.toString(socket.getInputStream(), ISO_8859_1);
        }
    }
}
