package io.longhaul.server.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * nginx with HTTPS and HTTP/2 in front of a server, configured for uploads that survive restarts of
 * the server. It logs requests to {@code access.log} in its directory.
 */
public final class Nginx implements AutoCloseable {

    private final int port;
    private final Process process;

    private Nginx(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts nginx and waits until it listens; its files go into the directory. */
    public static Nginx start(
            Path binary, Path directory, Certificate certificate, int port, int serverPort)
            throws IOException {
        Path configuration =
                Files.writeString(
                        directory.resolve("nginx.conf"),
                        configuration(directory, certificate, port, serverPort));
        var builder =
                new ProcessBuilder(
                        binary.toString(),
                        "-e",
                        "stderr",
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString());
        builder.redirectErrorStream(true).redirectOutput(directory.resolve("nginx.log").toFile());
        var nginx = new Nginx(port, ChildProcesses.start(builder));
        await("nginx").atMost(Duration.ofSeconds(30)).until(nginx::listens);
        return nginx;
    }

    public URI origin() {
        return URI.create("https://localhost:" + port);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            // Not yet.
            return false;
        }
    }

    private static String configuration(
            Path directory, Certificate certificate, int port, int serverPort) {
        // One process, so that ending it leaves no other behind.
        return """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log stderr warn;
        events {}
        http {
          access_log %1$s/access.log;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server {
            listen 127.0.0.1:%4$d ssl http2;
            server_name localhost;
            ssl_certificate %2$s;
            ssl_certificate_key %3$s;
            client_max_body_size 0;
            location / {
              proxy_pass http://127.0.0.1:%5$d;
              proxy_http_version 1.1;
              proxy_request_buffering off;
              proxy_buffering off;
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_set_header X-Forwarded-Host $http_host;
              proxy_set_header X-Forwarded-Proto $scheme;
              # While the server restarts: tus-js-client begins from zero after any other status.
              error_page 502 504 = @restarting;
            }
            location @restarting {
              add_header Retry-After 1 always;
              return 423;
            }
          }
        }
        """
                .formatted(
                        directory, certificate.certificate(), certificate.key(), port, serverPort);
    }
}
