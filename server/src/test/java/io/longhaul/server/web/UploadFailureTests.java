package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.testing.InMemoryContentStore;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The machine fails under a request in a way that Java calls an Error: no memory, no class. */
final class UploadFailureTests {

    private static final UploadListener NOBODY = new UploadListener() {};

    private final AtomicBoolean exhausted = new AtomicBoolean();
    private final Holders holders = new Holders(HolderTiming.DEFAULT, NOBODY);
    private UploadServer server;

    @BeforeEach
    void start() throws Exception {
        server = UploadServer.start(failing(new InMemoryContentStore()), holders, NOBODY);
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
        try (RawConnection connection = server.connect()) {
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
