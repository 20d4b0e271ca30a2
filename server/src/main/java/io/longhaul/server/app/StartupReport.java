package io.longhaul.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;

/** Says, once the server is ready, what it is, where it keeps things and where to upload to. */
final class StartupReport implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(StartupReport.class);

    private final LonghaulProperties properties;
    private final StoreLocation location;
    private final @Nullable BuildProperties build;

    StartupReport(
            LonghaulProperties properties,
            StoreLocation location,
            @Nullable BuildProperties build) {
        this.properties = properties;
        this.location = location;
        this.build = build;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        log.info(
                "Longhaul {} on Java {}",
                build == null ? "(unpackaged)" : build.getVersion(),
                Runtime.version());
        log.info(location.text());
        if (event.getApplicationContext() instanceof WebServerApplicationContext web
                && web.getWebServer() instanceof JettyWebServer jetty
                && jetty.getServer().getConnectors()[0] instanceof ServerConnector connector) {
            reportAddress(connector);
        }
    }

    private void reportAddress(ServerConnector connector) {
        InetSocketAddress bound = bound(connector);
        String listening =
                "%s://%s:%d"
                        .formatted(
                                connector.getConnectionFactory(SslConnectionFactory.class) == null
                                        ? "http"
                                        : "https",
                                host(bound.getAddress()),
                                bound.getPort());
        if (properties.publicUrl() == null) {
            log.info("Open {}/ in a browser", listening);
            log.info("Upload to {}/files", listening);
        } else {
            log.info("Open {}/ in a browser", properties.publicUrl());
            log.info("Upload to {}/files (listening on {})", properties.publicUrl(), listening);
        }
        if (!bound.getAddress().isLoopbackAddress()) {
            log.warn(
                    "Anyone who can reach {} can upload: server.address is not a loopback address."
                            + " Set server.address=127.0.0.1 to serve this machine only.",
                    bound.getAddress().isAnyLocalAddress()
                            ? "port %d of this machine".formatted(bound.getPort())
                            : listening);
        }
    }

    private static InetSocketAddress bound(ServerConnector connector) {
        try {
            return (InetSocketAddress)
                    ((ServerSocketChannel) connector.getTransport()).getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String host(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return "localhost";
        }
        return address instanceof Inet6Address
                ? "[%s]".formatted(address.getHostAddress())
                : address.getHostAddress();
    }
}
