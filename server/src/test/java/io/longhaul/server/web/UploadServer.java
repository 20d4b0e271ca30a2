package io.longhaul.server.web;

import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.protocol.http.UploadUrls;
import io.longhaul.server.protocol.tus.TusProtocol;
import io.longhaul.server.testing.InMemoryUploadCatalog;
import io.longhaul.server.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** The upload handler in a Jetty of its own, on what a test gives it. */
final class UploadServer {

    private final Server server = new Server(new VirtualThreadPool());
    private final ServerConnector connector = new ServerConnector(server);

    private UploadServer() {}

    static UploadServer start(ContentStore store, Holders holders, UploadListener listener)
            throws Exception {
        Duration hour = Duration.ofHours(1);
        Uploads uploads =
                new Uploads(
                        new InMemoryUploadCatalog(),
                        store,
                        holders,
                        new UploadLimits(OptionalLong.empty(), hour, hour, hour, 0),
                        listener,
                        InstantSource.system());
        UploadServer started = new UploadServer();
        started.connector.setHost("127.0.0.1");
        started.server.addConnector(started.connector);
        started.server.setHandler(
                new UploadHandler(
                        uploads,
                        new TusProtocol(uploads, new UploadUrls(null)),
                        listener,
                        new CrossOriginSettings(
                                false, List.of(), List.of(), false, List.of(), hour),
                        0));
        started.server.start();
        return started;
    }

    RawConnection connect() throws IOException {
        return RawConnection.to(connector.getLocalPort());
    }

    void stop() throws Exception {
        server.stop();
    }
}
