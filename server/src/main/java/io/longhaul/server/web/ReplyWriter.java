package io.longhaul.server.web;

import io.longhaul.server.protocol.http.HttpReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes replies, and sees to it that the connection can go on: what is left of the request's body
 * is read and dropped within a bound, and beyond that the connection is closed.
 */
final class ReplyWriter {

    private static final String PROBLEM_JSON = "application/problem+json";
    private static final long DRAIN_BYTES = 1L << 20;
    private static final long LINGER_BYTES = 64L << 20;
    private static final Duration DRAIN_TIME = Duration.ofSeconds(2);

    private final JsonMapper json = new JsonMapper();

    /** Writes the whole reply and settles the request's body. */
    void write(HttpReply reply, Request request, Response response, JettyBody body)
            throws IOException {
        body.giveBack();
        if (reply.status() == HttpReply.HANG_UP) {
            request.getConnectionMetaData().getConnection().close();
            throw new ClientGoneException();
        }
        boolean refused = reply.problem().isPresent();
        announceClose(response, body);
        response.setStatus(reply.status());
        reply.headers().forEach(each -> response.getHeaders().add(each.name(), each.value()));
        ByteBuffer content = ByteBuffer.allocate(0);
        if (refused) {
            content = ByteBuffer.wrap(problem(reply, request, response));
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
        }
        send(response, request.getMethod().equals("HEAD") ? ByteBuffer.allocate(0) : content);
        drain(request, body);
    }

    private byte[] problem(HttpReply reply, Request request, Response response) {
        HttpReply.Problem problem = reply.problem().orElseThrow();
        String accepted = String.valueOf(request.getHeaders().get(HttpHeader.ACCEPT));
        if (accepted.contains(PROBLEM_JSON) || accepted.contains("application/json")) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, PROBLEM_JSON);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("status", reply.status());
            fields.put("code", problem.code());
            fields.put("detail", problem.detail());
            return json.writeValueAsBytes(fields);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        return "%s: %s%n"
                .formatted(problem.code(), problem.detail())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void send(Response response, ByteBuffer content) throws IOException {
        Content.Sink.write(response, true, content);
    }

    /** Tells, before the answer is sent, that what is left of the body is too long to be read. */
    static void announceClose(Response response, JettyBody body) {
        if (left(body) > DRAIN_BYTES) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    private static long left(JettyBody body) {
        return body.ended() ? 0 : body.length().orElse(0) - body.received();
    }

    /**
     * Reads what is left of the body, when it is not much. A client that sends first and listens
     * afterwards would not see the reply otherwise, and the connection would close unannounced.
     */
    static void drain(Request request, JettyBody body) throws IOException {
        boolean expects = request.getHeaders().contains(HttpHeader.EXPECT);
        if (body.ended() || (expects && !body.touched())) {
            return;
        }
        long limit = body.received() + LINGER_BYTES;
        long deadline = System.nanoTime() + DRAIN_TIME.toNanos();
        long time = deadline - System.nanoTime();
        while (!body.ended() && body.received() < limit && time > 0) {
            body.next(Duration.ofNanos(time));
            time = deadline - System.nanoTime();
        }
        body.giveBack();
    }
}
