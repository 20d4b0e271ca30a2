package io.longhaul.client.internal.engine;

import io.longhaul.client.ProgressListener;
import io.longhaul.client.UploadProgress;
import io.longhaul.client.UploadState;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Adds up how far the pieces of an upload are, and tells its listeners. Thread-safe. */
final class ProgressMeter {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How far one piece is: a whole upload has one, a parallel one has several. */
    final class Piece {
        private long offset;
        private long sent;

        /** The server has so many bytes; what was sent beyond them counts no more. */
        void acknowledged(long bytes) {
            synchronized (ProgressMeter.this) {
                offset = bytes;
                sent = bytes;
            }
            tell(false);
        }

        /** So many bytes were handed to the network. */
        void sent(long bytes) {
            synchronized (ProgressMeter.this) {
                transferred += Math.max(0, bytes - sent);
                sent = Math.max(offset, bytes);
            }
            tell(false);
        }
    }

    private final List<ProgressListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock telling = new ReentrantLock();
    private final List<Piece> pieces = new CopyOnWriteArrayList<>();
    private UploadState state = UploadState.QUEUED;
    private OptionalLong length = OptionalLong.empty();
    private @Nullable URI url;
    private @Nullable String trouble;
    private long transferred;
    private long lastTold = System.nanoTime() - INTERVAL_NANOS;

    /** Begins to count anew, for a run with so many pieces. */
    synchronized List<Piece> begin(int count) {
        pieces.clear();
        for (int i = 0; i < count; i++) {
            pieces.add(new Piece());
        }
        return List.copyOf(pieces);
    }

    void listen(ProgressListener listener) {
        listeners.add(listener);
        tell(true);
    }

    synchronized UploadProgress progress() {
        long offset = 0;
        long sent = 0;
        for (Piece piece : pieces) {
            offset += piece.offset;
            sent += piece.sent;
        }
        return new UploadProgress(
                state,
                offset,
                sent,
                length,
                Optional.ofNullable(url),
                Optional.ofNullable(trouble));
    }

    /** Bytes that were handed to the network in all, those of lost requests too. */
    synchronized long transferred() {
        return transferred;
    }

    void state(UploadState newState) {
        change(newState, null);
    }

    void waiting(String reason) {
        change(UploadState.WAITING, reason);
    }

    synchronized void url(@Nullable URI newUrl) {
        url = newUrl;
    }

    synchronized void length(OptionalLong newLength) {
        length = newLength;
    }

    private void change(UploadState newState, @Nullable String reason) {
        synchronized (this) {
            if (state.isFinal() || (state == newState && reason == null)) {
                return;
            }
            state = newState;
            trouble = reason;
        }
        tell(true);
    }

    private void tell(boolean now) {
        if (listeners.isEmpty() || !(now || due())) {
            return;
        }
        telling.lock();
        try {
            UploadProgress progress = progress();
            listeners.forEach(listener -> tell(listener, progress));
        } finally {
            telling.unlock();
        }
    }

    private synchronized boolean due() {
        long time = System.nanoTime();
        if (time - lastTold < INTERVAL_NANOS) {
            return false;
        }
        lastTold = time;
        return true;
    }

    private static void tell(ProgressListener listener, UploadProgress progress) {
        try {
            listener.progressed(progress);
        } catch (RuntimeException e) {
            // It is the listener's own trouble: the upload goes on.
        }
    }
}
