package io.longhaul.server.testing;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import me.desair.tus.server.TusFileUploadService;
import org.apache.commons.io.FileUtils;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * tus-java-server in a servlet of Jetty, with all its extensions. Its decoding of chunked bodies is
 * off, as its documentation wants where the container decodes them, and so is its cache, which
 * changes no answer.
 */
public final class TusJavaServer implements AutoCloseable {

    private static final int HEADER_SIZE = 32 * 1024;

    private final Path storage;
    private final Server server;
    private final int port;

    private TusJavaServer(Path storage, Server server, int port) {
        this.storage = storage;
        this.server = server;
        this.port = port;
    }

    /** On a free port. */
    public static TusJavaServer start(long maxSize, Duration expiry) throws Exception {
        return start(0, maxSize, expiry);
    }

    public static TusJavaServer start(int port, long maxSize, Duration expiry) throws Exception {
        Path storage = Files.createTempDirectory("tus-java-server");
        var service =
                new TusFileUploadService()
                        .withUploadUri("/files")
                        .withStoragePath(storage.toString())
                        .withMaxUploadSize(maxSize)
                        .withUploadExpirationPeriod(expiry.toMillis())
                        .withDownloadFeature();
        var server = new Server();
        ServerConnector connector = connector(server);
        connector.setPort(port);
        server.addConnector(connector);
        var context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new UploadServlet(service)), "/files/*");
        server.setHandler(context);
        server.start();
        return new TusJavaServer(storage, server, connector.getLocalPort());
    }

    private static ServerConnector connector(Server server) {
        var configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(HEADER_SIZE);
        configuration.setResponseHeaderSize(HEADER_SIZE);
        var connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        return connector;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        FileUtils.deleteQuietly(storage.toFile());
    }

    private static final class UploadServlet extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final transient TusFileUploadService service;

        UploadServlet(TusFileUploadService service) {
            this.service = service;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            service.process(request, response);
        }
    }
}
