package io.longhaul.client.internal.wire;

import io.longhaul.client.SourceChangedException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One sending of a body. Gives small buffers to a slow network, so that its progress is seen, and
 * large ones to a fast one.
 */
final class BodyTransfer implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private static final int MIN_BUFFER = 4 << 10;
    private static final int FIRST_BUFFER = 64 << 10;
    private static final int MAX_BUFFER = 512 << 10;
    private static final long FAST_NANOS = 20_000_000;
    private static final long SLOW_NANOS = 500_000_000;

    private final RequestBody body;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private int bufferLength = FIRST_BUFFER;
    private long demand;
    private long position;
    private boolean emitting;
    private boolean ended;
    private @Nullable Exception failure;
    private volatile long lastMoved = System.nanoTime();

    BodyTransfer(RequestBody body) {
        this.body = body;
    }

    BodyPublisher publisher() {
        return body.length() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(this, body.length());
    }

    /** When the network last took bytes, by {@link System#nanoTime()}. */
    long lastMoved() {
        return lastMoved;
    }

    /** Why the content could not be read. */
    synchronized Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Ends the sending: the content is not touched any more when this returns. */
    @Override
    public synchronized void cancel() {
        ended = true;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long buffers) {
        synchronized (this) {
            demand = buffers > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + buffers;
            if (emitting) {
                // The one that emits sees the new demand: a subscriber may ask while it is given.
                return;
            }
            emitting = true;
        }
        while (wanted()) {
            emit();
        }
    }

    private synchronized boolean wanted() {
        if (demand > 0 && !ended) {
            demand--;
            return true;
        }
        emitting = false;
        return false;
    }

    private void emit() {
        var receiver = Objects.requireNonNull(subscriber);
        ByteBuffer buffer = next();
        if (buffer == null) {
            cancel();
            receiver.onError(new IOException("the source cannot be read"));
            return;
        }
        receiver.onNext(buffer);
        body.sent().accept(position);
        if (position == body.length()) {
            cancel();
            receiver.onComplete();
        }
    }

    private synchronized @Nullable ByteBuffer next() {
        if (ended) {
            return null;
        }
        adaptTo(System.nanoTime() - lastMoved);
        try {
            int wanted = (int) Math.min(bufferLength, body.length() - position);
            ByteBuffer buffer = body.content().bytes(body.offset() + position, wanted);
            position += buffer.remaining();
            if (position == body.length()) {
                body.content().verify();
            }
            lastMoved = System.nanoTime();
            return buffer;
        } catch (IOException | SourceChangedException e) {
            failure = e;
            return null;
        }
    }

    private void adaptTo(long nanos) {
        if (nanos < FAST_NANOS) {
            bufferLength = Math.min(MAX_BUFFER, bufferLength * 2);
        } else if (nanos > SLOW_NANOS) {
            bufferLength = Math.max(MIN_BUFFER, bufferLength / 2);
        }
    }
}
