package io.longhaul.server.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.Certificate;
import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.Nginx;
import io.longhaul.server.testing.NginxBinary;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end nginx and the server could see in two places: whatever each makes of them, no
 * request that is hidden in a body is ever executed.
 */
@ExtendWith(SharedServer.class)
final class NginxFramingIT {

    @TempDir private static Path shared;

    private static ServerProcess server;
    private static Nginx nginx;
    private static SSLContext trust;

    @BeforeAll
    static void startNginx(ServerProcess running) throws Exception {
        var found = NginxBinary.find();
        assumeTrue(found.isPresent(), "there is no nginx");
        server = running;
        Certificate certificate = Certificate.create(shared);
        trust = trusting(certificate.certificate());
        nginx = Nginx.start(found.get(), shared, certificate, FreePorts.next(), server.port());
    }

    @AfterAll
    static void closeNginx() {
        if (nginx != null) {
            nginx.close();
        }
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "nginx", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static RawConnection connect() throws IOException {
        return RawConnection.over(
                trust.getSocketFactory().createSocket("localhost", nginx.origin().getPort()));
    }

    private static String head(String method, String path, String headers) {
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\n%s\r\n"
                .formatted(method, path, headers);
    }

    private static String create() throws IOException {
        try (RawConnection connection = RawConnection.to(server.port())) {
            connection.send(head("POST", "/files", "Upload-Length: 1000\r\nContent-Length: 0\r\n"));
            return connection.read().required("Location");
        }
    }

    /** Sends it, and reads whatever is answered until nginx closes. */
    private static int answers(String request) throws IOException {
        int count = 0;
        try (RawConnection connection = connect()) {
            connection.send(request.getBytes(UTF_8));
            while (true) {
                connection.read();
                count++;
            }
        } catch (EOFException | SocketException _) { // closed: that was all
            return count;
        }
    }

    @Test
    void sameRequestInTheOpenIsExecuted() throws IOException {
        String victim = create();

        assertThat(answers(head("DELETE", victim, "Connection: close\r\n"))).isEqualTo(1);

        try (RawConnection connection = RawConnection.to(server.port())) {
            connection.send(head("HEAD", victim, ""));
            assertThat(connection.readHead().status()).isEqualTo(410);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: %d\r\n",
                "Content-Length: %d\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: %d\r\nContent-Length: 5\r\n",
                "Content-Length: %d\r\nTransfer-Encoding: xchunked\r\n",
                "Content-Length: %d\r\nTransfer-Encoding: chunked, identity\r\n",
                "Content-Length: %d\r\nTransfer-Encoding:\u000bchunked\r\n",
                "Content-Length: %d\r\nTransfer-Encoding : chunked\r\n",
                "Content-Length: %d\r\nX: y\r\n Transfer-Encoding: chunked\r\n",
                "Content-Length: %d\r\nX: y\nTransfer-Encoding: chunked\r\n",
                "Content-Length: %d\r\nX: y\rTransfer-Encoding: chunked\r\n",
                "Content-Length: %d\r\nTransfer_Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Content-Length: %d\r\n",
                "Content-Length: +%d\r\n",
                "Content-Length: 0%d\r\n"
            })
    void hiddenRequestIsNotExecuted(String framing) throws IOException {
        String victim = create();
        String hidden = head("DELETE", victim, "");
        // Chunks that end before the hidden request, and content to the end for whoever counts.
        String body = "0\r\n\r\n" + hidden;
        String refused =
                head(
                        "PATCH",
                        "/files/" + "0".repeat(32),
                        "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
                                + "Connection: close\r\n"
                                + framing.formatted(body.length()));

        assertThat(answers(refused + body)).isLessThanOrEqualTo(1);

        try (RawConnection connection = RawConnection.to(server.port())) {
            connection.send(head("HEAD", victim, ""));
            assertThat(connection.readHead().status()).isEqualTo(200);
        }
    }
}
