package io.longhaul.server.cluster;

import io.longhaul.server.core.holder.OtherNodes;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other nodes over HTTP: 204 is for done, 423 for held, 504 for a holder that is silent. A
 * node that was silent itself is taken for silent for a while, so that not every request has to
 * wait for one that is dead. Thread-safe.
 */
public final class HttpNodes implements OtherNodes, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpNodes.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    // A second of it is for the holder's commit.
    private static final Duration ANSWER = Duration.ofMillis(1500);
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final URI self;
    private final NodeSignature signature;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
    private final ConcurrentMap<String, Long> silentSince = new ConcurrentHashMap<>();

    /**
     * @param self where the other nodes reach this one, without a path
     */
    public HttpNodes(URI self, NodeSignature signature) {
        this.self = self;
        this.signature = signature;
    }

    @Override
    public Optional<String> self() {
        return Optional.of(self.toString());
    }

    @Override
    public Answer ask(String node, UploadId id, Demand demand) {
        Long since = silentSince.get(node);
        if (since != null && System.nanoTime() - since < SILENCE.toNanos()) {
            return Answer.SILENT;
        }
        HolderCall call = new HolderCall(id, demand);
        try {
            Answer answer = answer(node, call);
            silentSince.remove(node);
            return answer;
        } catch (IOException e) {
            log.warn("{} did not answer when asked for {}: {}", node, call, e.toString());
            silentSince.put(node, System.nanoTime());
            return Answer.SILENT;
        } catch (InterruptedException _) { // the request that asks is being ended
            Thread.currentThread().interrupt();
            return Answer.SILENT;
        }
    }

    private Answer answer(String node, HolderCall call) throws IOException, InterruptedException {
        int status =
                http.send(request(node, call), HttpResponse.BodyHandlers.discarding()).statusCode();
        return switch (status) {
            case 204 -> Answer.DONE;
            case 423 -> Answer.HELD;
            case 504 -> Answer.SILENT;
            default -> throw new IOException("status " + status);
        };
    }

    private HttpRequest request(String node, HolderCall call) {
        String nonce = UUID.randomUUID().toString();
        return HttpRequest.newBuilder(URI.create(node + call.path()))
                .timeout(ANSWER)
                .header(NodeSignature.NONCE, nonce)
                .header(NodeSignature.SIGNATURE, signature.of(call, nonce))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
