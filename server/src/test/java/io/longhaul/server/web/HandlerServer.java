package io.longhaul.server.web;

import io.longhaul.server.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** A Jetty on loopback that answers every request in one way, on virtual threads. */
final class HandlerServer implements AutoCloseable {

    @FunctionalInterface
    interface Answer {
        void answer(Request request, Response response) throws Exception;
    }

    private final Server server = new Server(new VirtualThreadPool());
    private final ServerConnector connector;

    private HandlerServer(ByteBufferPool pool) {
        HttpConnectionFactory http = new HttpConnectionFactory();
        http.setInputBufferSize(ReadSize.FIRST);
        connector = new ServerConnector(server, null, null, pool, -1, -1, http);
    }

    static HandlerServer answering(Answer answer) throws Exception {
        return pooled(answer, new ArrayByteBufferPool());
    }

    /** Takes its buffers from this pool. */
    static HandlerServer pooled(Answer answer, ByteBufferPool pool) throws Exception {
        HandlerServer started = new HandlerServer(pool);
        started.connector.setHost("127.0.0.1");
        started.server.addConnector(started.connector);
        started.server.setHandler(new AnswerHandler(answer));
        started.server.start();
        return started;
    }

    /** Serves one content at every path. */
    static HandlerServer serving(DownloadedContent content) throws Exception {
        Download download = new Download();
        return answering((request, response) -> download.serve(request, response, content));
    }

    /** Sets how long a connection that begins from now on may do nothing. */
    HandlerServer idleTimeout(Duration timeout) {
        connector.setIdleTimeout(timeout.toMillis());
        return this;
    }

    int port() {
        return connector.getLocalPort();
    }

    RawConnection connect() throws IOException {
        return RawConnection.to(port());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }

    private static final class AnswerHandler extends Handler.Abstract {
        private final Answer answer;

        AnswerHandler(Answer answer) {
            this.answer = answer;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            try {
                answer.answer(request, response);
            } catch (IOException e) {
                callback.failed(e);
                return true;
            }
            callback.succeeded();
            return true;
        }
    }
}
