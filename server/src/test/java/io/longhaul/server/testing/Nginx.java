package io.longhaul.server.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * nginx with HTTPS and HTTP/2 in front of a server, configured for uploads that survive restarts of
 * the server. It logs requests to {@code access.log} in its directory.
 */
public final class Nginx implements AutoCloseable {

    private final URI origin;
    private final Process process;

    private Nginx(URI origin, Process process) {
        this.origin = origin;
        this.process = process;
    }

    /** Starts nginx and waits until it listens; its files go into the directory. */
    public static Nginx start(
            Path binary, Path directory, Certificate certificate, int port, int serverPort)
            throws IOException {
        return run(
                binary,
                directory,
                URI.create("https://localhost:" + port),
                configuration(directory, certificate, port, serverPort));
    }

    /**
     * Starts nginx with plain HTTP in front of several servers, each of which gets the request
     * after the one before its own, whether it works or not. It logs method, status, port of the
     * server and seconds of each request.
     */
    public static Nginx balance(Path binary, Path directory, int port, List<Integer> serverPorts)
            throws IOException {
        return run(
                binary,
                directory,
                URI.create("http://127.0.0.1:" + port),
                balancing(directory, port, serverPorts));
    }

    /**
     * Starts nginx with a configuration and waits until it listens at the origin.
     *
     * @param configuration which keeps it in the foreground and all its files in the directory
     */
    public static Nginx run(Path binary, Path directory, URI origin, String configuration)
            throws IOException {
        Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
        var builder =
                new ProcessBuilder(
                        binary.toString(),
                        "-e",
                        "stderr",
                        "-p",
                        directory.toString(),
                        "-c",
                        file.toString());
        builder.redirectErrorStream(true).redirectOutput(directory.resolve("nginx.log").toFile());
        var nginx = new Nginx(origin, ChildProcesses.start(builder));
        await("nginx").atMost(Duration.ofSeconds(30)).until(nginx::listens);
        return nginx;
    }

    public URI origin() {
        return origin;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), origin.getPort())) {
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

    private static String balancing(Path directory, int port, List<Integer> serverPorts) {
        String servers =
                serverPorts.stream()
                        .map("server 127.0.0.1:%d max_fails=0;"::formatted)
                        .collect(Collectors.joining(" "));
        return """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log stderr warn;
        events {}
        http {
          log_format node '$request_method $status $upstream_addr $request_time';
          access_log %1$s/access.log node;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          upstream nodes { %3$s }
          server {
            listen 127.0.0.1:%2$d;
            client_max_body_size 0;
            location / {
              proxy_pass http://nodes;
              proxy_http_version 1.1;
              proxy_request_buffering off;
              proxy_buffering off;
              proxy_next_upstream off;
              proxy_connect_timeout 2s;
              proxy_set_header Host $http_host;
              error_page 502 504 = @another;
            }
            # tus-js-client begins from zero after any other status.
            location @another {
              add_header Retry-After 1 always;
              return 423;
            }
          }
        }
        """
                .formatted(directory, port, servers);
    }
}
