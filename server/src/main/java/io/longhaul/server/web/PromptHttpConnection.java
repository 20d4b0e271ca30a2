package io.longhaul.server.web;

import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * A connection whose request heads have to be whole within a time. Jetty's idle timeout begins anew
 * with every byte, so that one byte now and then would keep a connection for ever.
 */
final class PromptHttpConnection extends HttpConnection {

    private final long limitNanos;
    private long heads = -1;
    private long beganAt;

    private PromptHttpConnection(
            HttpConfiguration configuration,
            Connector connector,
            EndPoint endPoint,
            Duration limit) {
        super(configuration, connector, endPoint);
        limitNanos = limit.toNanos();
    }

    /** Makes such connections, for HTTP/1.1. */
    static final class Factory extends HttpConnectionFactory {

        private final Duration limit;

        Factory(HttpConfiguration configuration, Duration limit) {
            super(configuration);
            this.limit = limit;
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            HttpConfiguration configuration = getHttpConfiguration();
            return configure(
                    new PromptHttpConnection(configuration, connector, endPoint, limit),
                    connector,
                    endPoint);
        }
    }

    /** Called when bytes of a head have arrived, never for those of a body. */
    @Override
    public void onFillable() {
        long now = System.nanoTime();
        if (getMessagesIn() != heads) {
            heads = getMessagesIn();
            beganAt = now;
        }
        if (now - beganAt > limitNanos) {
            close();
        } else {
            super.onFillable();
        }
    }
}
