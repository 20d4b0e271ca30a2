package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.protocol.http.UploadUrls;
import io.longhaul.server.protocol.tus.TusProtocol;
import io.longhaul.server.testing.InMemoryContentStore;
import io.longhaul.server.testing.InMemoryUploadCatalog;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The machine fails under a request in a way that Java calls an Error: no memory, no class. */
final class UploadFailureTests {

    private static final UploadListener NOBODY = new UploadListener() {};

    private final AtomicBoolean exhausted = new AtomicBoolean();
    private final Holders holders = new Holders(HolderTiming.DEFAULT, NOBODY);
    private final Server server = new Server(new VirtualThreadPool());
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        Duration hour = Duration.ofHours(1);
        Uploads uploads =
                new Uploads(
                        new InMemoryUploadCatalog(),
                        failing(new InMemoryContentStore()),
                        holders,
                        new UploadLimits(OptionalLong.empty(), hour, hour, hour, 0),
                        NOBODY,
                        InstantSource.system());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(
                new UploadHandler(
                        uploads,
                        new TusProtocol(uploads, new UploadUrls(null)),
                        NOBODY,
                        new CrossOriginSettings(
                                false, List.of(), List.of(), false, List.of(), hour),
                        0));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private ContentStore failing(ContentStore store) {
        return (ContentStore)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ContentStore.class},
                        (_, method, arguments) -> {
                            if (exhausted.get() && method.getReturnType() == ContentAppend.class) {
                                throw new OutOfMemoryError("made up by the test");
                            }
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private RawResponse exchange(String method, String path, String headers, String body)
            throws Exception {
        try (RawConnection connection = RawConnection.to(connector.getLocalPort())) {
            connection.request(
                    "%s %s HTTP/1.1\nHost: localhost\nTus-Resumable: 1.0.0\n%s\nContent-Length: %d"
                            .formatted(method, path, headers, body.length()));
            return connection.send(body).read();
        }
    }

    private RawResponse append(String path) throws Exception {
        String headers = "Content-Type: application/offset+octet-stream\nUpload-Offset: 0";
        return exchange("PATCH", path, headers, "hello");
    }

    @Test
    void errorIsAnsweredAndTheUploadIsFreeForTheNextRequest() throws Exception {
        String path = exchange("POST", "/files", "Upload-Length: 5", "").required("Location");
        exhausted.set(true);

        RawResponse refused = append(path);

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.text()).startsWith("internal-error: ");
        assertThat(refused.header("Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(holders.count()).isZero();
        exhausted.set(false);
        assertThat(append(path).status()).isEqualTo(204);
    }
}
