package io.longhaul.client.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.client.CompletedUpload;
import io.longhaul.client.RetriesExhaustedException;
import io.longhaul.client.RetryPolicy;
import io.longhaul.client.UploadClient;
import io.longhaul.server.testing.Certificate;
import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.Nginx;
import io.longhaul.server.testing.NginxBinary;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTPS and HTTP/2, through nginx, with the caller's own certificates. */
@ExtendWith(SharedServer.class)
@Timeout(value = 2, unit = MINUTES)
final class HttpsIT {

    @TempDir private static Path directory;
    private static Certificate certificate;
    private static Nginx nginx;
    private static ServerProcess server;

    @BeforeAll
    static void start(ServerProcess running) throws Exception {
        var binary = NginxBinary.find();
        assumeTrue(binary.isPresent(), "there is no nginx");
        server = running;
        certificate = Certificate.create(directory);
        nginx = Nginx.start(binary.get(), directory, certificate, FreePorts.next(), server.port());
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void uploadsByHttp2WhereItIsOffered() throws Exception {
        TestFile file = TestFile.create(directory, 30L << 20);
        try (var client = client().parallelism(3).build()) {
            CompletedUpload done = client.upload(file.path()).await();
            assertThat(done.url().getScheme()).isEqualTo("https");
            URI direct = server.origin().resolve(done.url().getPath());
            assertThat(TestFile.sha256(direct.toURL().openStream())).isEqualTo(file.sha256());
        }
        assertThat(Files.readString(directory.resolve("access.log")))
                .contains("\"PATCH ")
                .contains("HTTP/2.0\" 204");
    }

    @Test
    void doesNotTalkToAServerThatNobodyVouchesFor() throws Exception {
        TestFile file = TestFile.create(directory, 10);
        var once = RetryPolicy.standard().lasting(Duration.ZERO);
        try (var client = UploadClient.builder(endpoint()).retryPolicy(once).build()) {
            assertThatThrownBy(client.upload(file.path())::await)
                    .isInstanceOf(RetriesExhaustedException.class)
                    .hasMessageContaining("certification path");
        }
    }

    private static UploadClient.Builder client() throws Exception {
        return UploadClient.builder(endpoint())
                .httpClient(HttpClient.newBuilder().sslContext(trusting()).build());
    }

    private static URI endpoint() {
        return nginx.origin().resolve("/files");
    }

    private static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream pem = Files.newInputStream(certificate.certificate())) {
            store.setCertificateEntry(
                    "nginx", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
