package io.longhaul.client.internal.wire;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning of an answer's body and reads over the rest, up to a bound. Its bytes do not
 * count as movement: it has to end within one stall timeout after its head.
 */
final class AnswerText implements BodySubscriber<String> {

    private static final int KEPT = 1_000;
    private static final int READ = 1 << 20;

    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(KEPT);
    private final Runnable moved;
    private Flow.@Nullable Subscription subscription;
    private long read;

    AnswerText(Runnable moved) {
        this.moved = moved;
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        moved.run();
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(this::keep);
        if (read > READ && subscription != null) {
            subscription.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(kept.toString(StandardCharsets.UTF_8));
    }

    private void keep(ByteBuffer buffer) {
        read += buffer.remaining();
        byte[] bytes = new byte[Math.min(buffer.remaining(), KEPT - kept.size())];
        buffer.get(bytes);
        kept.write(bytes, 0, bytes.length);
    }
}
