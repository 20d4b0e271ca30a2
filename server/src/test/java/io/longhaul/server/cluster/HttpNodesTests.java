package io.longhaul.server.cluster;

import static io.longhaul.server.core.holder.OtherNodes.Answer.DONE;
import static io.longhaul.server.core.holder.OtherNodes.Answer.HELD;
import static io.longhaul.server.core.holder.OtherNodes.Answer.SILENT;
import static io.longhaul.server.core.holder.OtherNodes.Demand.CHECKPOINT;
import static io.longhaul.server.core.holder.OtherNodes.Demand.END;
import static io.longhaul.server.core.holder.OtherNodes.Demand.LET_GO;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.Holder;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.testing.FlakyProxy;
import io.longhaul.server.testing.FreePorts;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.web.HolderHandler;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls over real sockets to a node that answers them. */
@Timeout(30)
final class HttpNodesTests {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** Longer than this is waited for a node that does not answer. */
    private static final Duration WAIT = Duration.ofMillis(900);

    private final UploadId id = UploadId.random();
    private final Holders holders =
            new Holders(
                    new HolderTiming(
                            Duration.ZERO,
                            Duration.ofSeconds(1),
                            Duration.ofMillis(300),
                            Duration.ofMinutes(1)),
                    new UploadListener() {});
    private final Server server = new Server(new VirtualThreadPool());
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpNodes nodes = nodes(SECRET);
    private String node;

    private static HttpNodes nodes(String secret) {
        return new HttpNodes(URI.create("http://127.0.0.1:1"), new NodeSignature(secret));
    }

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new HolderHandler(holders, new NodeSignature(SECRET)));
        server.start();
        node = "http://127.0.0.1:" + connector.getLocalPort();
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
        server.stop();
    }

    @Test
    void asksTheHolder() {
        assertThat(nodes.ask(node, id, LET_GO)).isEqualTo(DONE);
        Holder deaf = holders.acquire(id, "", () -> {});
        deaf.waiting();

        assertThat(nodes.ask(node, id, CHECKPOINT)).isEqualTo(DONE);
        assertThat(nodes.ask(node, id, LET_GO)).isEqualTo(HELD);
        assertThat(nodes.ask(node, id, END)).isEqualTo(HELD);
        deaf.close();
        assertThat(nodes.ask(node, id, END)).isEqualTo(DONE);
    }

    @Test
    void oneWithAnotherSecretIsRefused() {
        Holder holder = holders.acquire(id, "", () -> {});
        holder.waiting();
        try (HttpNodes stranger = nodes(SECRET.replace('0', 'f'))) {
            assertThat(stranger.ask(node, id, END)).isEqualTo(SILENT);
        }
        assertThat(holder.letGoAsked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /internal/holders/%s/end, 403",
        "GET, /internal/holders/%s/end, 405",
        "POST, /internal/holders/%s/stay, 404",
        "POST, /internal/holders/%s, 404",
        "POST, /internal/holders/, 404",
        "POST, /internal/holders/not an id/end, 400",
        "POST, /internal/holders/not-an-id/end, 404",
        "POST, /internal, 404"
    })
    void otherRequestsAreRefused(String method, String path, int status) throws Exception {
        try (RawConnection connection = RawConnection.to(connector.getLocalPort())) {
            connection.request(
                    "%s %s HTTP/1.1\nHost: localhost\nContent-Length: 0"
                            .formatted(method, path.formatted(id.value())));
            assertThat(connection.read().status()).isEqualTo(status);
        }
    }

    @Test
    void signatureOfOneCallIsNoneForAnother() {
        NodeSignature signature = new NodeSignature(SECRET);
        HolderCall call = new HolderCall(id, CHECKPOINT);
        String signed = signature.of(call, "1");

        assertThat(signature.matches(signed, call, "1")).isTrue();
        assertThat(signature.matches(signed, call, "2")).isFalse();
        assertThat(signature.matches(signed, new HolderCall(id, END), "1")).isFalse();
        assertThat(signature.matches(signed, new HolderCall(UploadId.random(), CHECKPOINT), "1"))
                .isFalse();
    }

    @Test
    void nobodyListens() {
        assertThat(nodes.ask("http://127.0.0.1:" + FreePorts.next(), id, LET_GO)).isEqualTo(SILENT);
    }

    @Test
    void nodeThatDoesNotAnswerIsWaitedForOnce() {
        try (FlakyProxy network = FlakyProxy.to(connector.getLocalPort())) {
            String cutOff = "http://127.0.0.1:" + network.port();
            network.hold();

            long begun = System.nanoTime();
            assertThat(nodes.ask(cutOff, id, LET_GO)).isEqualTo(SILENT);
            assertThat(since(begun)).isBetween(WAIT, Duration.ofSeconds(3));

            begun = System.nanoTime();
            assertThat(nodes.ask(cutOff, id, LET_GO)).isEqualTo(SILENT);
            assertThat(since(begun)).isLessThan(WAIT);
            assertThat(nodes.ask(node, id, LET_GO)).isEqualTo(DONE);
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
