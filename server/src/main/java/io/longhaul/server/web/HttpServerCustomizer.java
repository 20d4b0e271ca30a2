package io.longhaul.server.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.JettyServerCustomizer;

/** Puts the handlers in front and sets what Spring Boot has no settings for. */
public final class HttpServerCustomizer implements JettyServerCustomizer {

    // About what stays pooled once the busiest moment is over.
    private static final long POOLED_HEAP_BYTES = 8L << 20;
    private static final long POOLED_DIRECT_BYTES = 16L << 20;
    // 14 KB of Upload-Metadata has to pass, and as much again in Upload-Concat.
    private static final int HEADER_BYTES = 32 << 10;
    private static final int RESPONSE_ROOM_BYTES = 8 << 10;
    // With Java's 50, of a thousand clients that come back at once most wait a second or more.
    private static final int ACCEPT_QUEUE = 4096;

    private final List<Handler.Wrapper> handlers;
    private final Duration readIdleTimeout;
    private final Predicate<InetAddress> trustedProxy;

    /**
     * @param handlers which are asked in this order, before the servlet context
     * @param readIdleTimeout how long a connection may bring nothing
     * @param trustedProxy whether forwarded headers from that address are believed
     */
    public HttpServerCustomizer(
            List<Handler.Wrapper> handlers,
            Duration readIdleTimeout,
            Predicate<InetAddress> trustedProxy) {
        this.handlers = handlers;
        this.readIdleTimeout = readIdleTimeout;
        this.trustedProxy = trustedProxy;
    }

    @Override
    public void customize(Server server) {
        for (Handler.Wrapper handler : handlers.reversed()) {
            handler.setHandler(server.getHandler());
            server.setHandler(handler);
        }
        server.setErrorHandler(new PlainErrorHandler());
        server.setConnectors(
                Arrays.stream(server.getConnectors()).map(this::pooled).toArray(Connector[]::new));
        ConnectionRoom.limit(server, server.getConnectors());
    }

    /** Jetty's pool keeps no buffer as large as ours, and a connector takes its pool at birth. */
    private Connector pooled(Connector given) {
        if (!(given instanceof ServerConnector connector)) {
            return given;
        }
        ServerConnector pooled =
                new ServerConnector(
                        connector.getServer(),
                        null,
                        null,
                        new ArrayByteBufferPool.Quadratic(
                                ReadSize.SMALLEST,
                                ReadSize.LARGEST,
                                Integer.MAX_VALUE,
                                POOLED_HEAP_BYTES,
                                POOLED_DIRECT_BYTES),
                        connector.getAcceptors(),
                        connector.getSelectorManager().getSelectorCount(),
                        connector.getConnectionFactories().stream()
                                .map(this::prompt)
                                .toArray(ConnectionFactory[]::new));
        pooled.setHost(connector.getHost());
        pooled.setPort(connector.getPort());
        pooled.setAcceptQueueSize(ACCEPT_QUEUE);
        pooled.setIdleTimeout(readIdleTimeout.toMillis());
        pooled.getConnectionFactories().stream()
                .filter(HttpConnectionFactory.class::isInstance)
                .map(HttpConnectionFactory.class::cast)
                .forEach(this::customize);
        return pooled;
    }

    private ConnectionFactory prompt(ConnectionFactory given) {
        return given.getClass() == HttpConnectionFactory.class
                ? new PromptHttpConnection.Factory(
                        ((HttpConnectionFactory) given).getHttpConfiguration(), readIdleTimeout)
                : given;
    }

    private void customize(HttpConnectionFactory factory) {
        factory.setInputBufferSize(ReadSize.FIRST);
        HttpConfiguration http = factory.getHttpConfiguration();
        http.setRequestHeaderSize(HEADER_BYTES);
        // HEAD gives back whatever came in, with headers of its own.
        http.setMaxResponseHeaderSize(HEADER_BYTES + RESPONSE_ROOM_BYTES);
        http.setSendServerVersion(false);
        // Lines end with CR LF; a bare LF means different things to different proxies.
        http.setHttpCompliance(HttpCompliance.STRICT);
        // Odd paths name no upload; they are answered 404 by us rather than refused by the parser.
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.addCustomizer(new TrustedForwarding());
    }

    /** Believes forwarded headers from trusted proxies only. */
    private final class TrustedForwarding implements HttpConfiguration.Customizer {

        private final ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();

        @Override
        public Request customize(Request request, HttpFields.Mutable responseHeaders) {
            return request.getConnectionMetaData().getRemoteSocketAddress()
                                    instanceof InetSocketAddress peer
                            && trustedProxy.test(peer.getAddress())
                    ? forwarded.customize(request, responseHeaders)
                    : request;
        }
    }
}
