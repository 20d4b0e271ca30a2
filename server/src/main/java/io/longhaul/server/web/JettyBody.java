package io.longhaul.server.web;

import io.longhaul.server.core.service.UploadBody;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, read from Jetty's buffers without a copy, unless there is so little in one that
 * it is better free. While it waits it holds no buffer, only its virtual thread, which arriving
 * bytes and {@link #wake} release alike; a few bytes for a reader that need not have them at once
 * leave it asleep.
 */
final class JettyBody implements UploadBody {

    /** Brings most of a large buffer at 1 GiB/s. */
    private static final long PAUSE_NANOS = 200_000;

    private final Request request;
    private final MinimumRate rate;
    private final Connection connection;
    private final ReadSize readSize = new ReadSize();
    private final Invocable.Task onAvailable =
            Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::available);
    private volatile boolean available;
    private volatile boolean woken;
    private volatile @Nullable Thread reader;
    private final GatheredBytes gathered = new GatheredBytes();
    private boolean demanded;
    private boolean touched;
    private boolean ended;
    private long received;
    private long readBefore;
    private boolean waited;
    private Content.@Nullable Chunk lent;
    private volatile Content.@Nullable Chunk prefetched;
    private volatile boolean closed;
    private Content.@Nullable Chunk ahead;
    private boolean drained;
    private boolean outgrown;
    private HttpFields trailers = HttpFields.EMPTY;

    JettyBody(Request request, MinimumRate rate) {
        this.request = request;
        this.rate = rate;
        connection = request.getConnectionMetaData().getConnection();
        readBefore = connection.getBytesIn();
    }

    @Override
    public Piece next(Duration patience) throws IOException {
        touched = true;
        if (outgrown) {
            readIntoLarger();
        }
        giveBack();
        while (!ended) {
            if (!demanded) {
                Content.Chunk chunk = read();
                if (chunk == null && readSize.isLarge()) {
                    chunk = readAfterPause();
                }
                if (chunk != null) {
                    Piece piece = piece(chunk);
                    if (piece != null) {
                        return piece;
                    }
                    continue;
                }
                demanded = true;
                available = false;
                request.demand(onAvailable);
            }
            waited = true;
            boolean came = await(patience);
            Optional<ByteBuffer> before = gathered.close();
            if (before.isPresent()) {
                return gathered(before.get());
            }
            if (!came) {
                return new Nothing();
            }
        }
        return new End();
    }

    @Override
    public Piece gather(Duration patience, Runnable arrived) throws IOException {
        gathered.open(arrived);
        try {
            return next(patience);
        } finally {
            gathered.close();
        }
    }

    /** Looks for what came with the head, so that its buffer is not held until the first use. */
    void prefetch() {
        prefetched = read();
    }

    @Override
    public void wake() {
        woken = true;
        LockSupport.unpark(reader);
    }

    @Override
    public OptionalLong length() {
        long length = request.getLength();
        if (length >= 0) {
            return OptionalLong.of(length);
        }
        boolean framed =
                request.getConnectionMetaData().getHttpVersion().getVersion()
                                > HttpVersion.HTTP_1_1.getVersion()
                        || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return framed ? OptionalLong.empty() : OptionalLong.of(0);
    }

    /** The trailers; empty before the end. */
    HttpFields trailers() {
        return trailers;
    }

    /** Whether anybody has asked for the body: then the client was told to go on with it. */
    boolean touched() {
        return touched;
    }

    /** Whether the body was read to its end. */
    boolean ended() {
        return ended;
    }

    /** How many bytes have been read. */
    long received() {
        return received;
    }

    /** Ends the use of the body: the connection's next request starts with small reads again. */
    void close() {
        gathered.close();
        closed = true;
        releasePrefetched();
        giveBack();
        lent = ahead;
        ahead = null;
        giveBack();
        readAtOnce(ReadSize.FIRST);
    }

    /** Once, though the callback and {@link #close} can both find that nobody will read it. */
    private void releasePrefetched() {
        synchronized (gathered) {
            Content.Chunk left = prefetched;
            prefetched = null;
            if (left != null) {
                left.release();
            }
        }
    }

    /** Returns the buffer lent by {@link #next}, if any. */
    void giveBack() {
        if (lent != null) {
            lent.release();
            lent = null;
        }
    }

    /** The next chunk; null when nothing has arrived, and then Jetty has its buffer back. */
    private Content.@Nullable Chunk read() {
        Content.Chunk chunk = prefetched;
        if (chunk != null) {
            prefetched = null;
            return chunk;
        }
        chunk = drained ? null : ahead == null ? request.read() : ahead;
        ahead = null;
        drained = false;
        return chunk != null && isLittle(chunk) ? copied(chunk) : chunk;
    }

    /**
     * Lets a fast client send some more: to be woken for each of its packets costs more than to
     * take them.
     */
    private Content.@Nullable Chunk readAfterPause() {
        LockSupport.parkNanos(this, PAUSE_NANOS);
        waited = true;
        return read();
    }

    private static boolean isLittle(Content.Chunk chunk) {
        return !chunk.isLast() && chunk.canRetain() && chunk.remaining() <= ReadSize.SMALLEST;
    }

    /** Reads on at once: Jetty keeps a connection's buffer until it finds nothing more to read. */
    private Content.Chunk copied(Content.Chunk chunk) {
        ByteBuffer copy = ByteBuffer.allocate(chunk.remaining());
        copy.put(chunk.getByteBuffer()).flip();
        chunk.release();
        ahead = request.read();
        drained = ahead == null;
        return Content.Chunk.from(copy, false);
    }

    private @Nullable Piece piece(Content.Chunk chunk) throws IOException {
        if (Content.Chunk.isFailure(chunk)) {
            throw cut(chunk.getFailure());
        }
        if (chunk instanceof Trailers behind) {
            trailers = behind.getTrailers();
        }
        ended = chunk.isLast();
        if (!chunk.hasRemaining()) {
            chunk.release();
            return ended ? new End() : null;
        }
        lent = chunk;
        received += chunk.remaining();
        rate.check(received);
        learnReadSize();
        return new Bytes(chunk.getByteBuffer());
    }

    private Piece gathered(ByteBuffer bytes) throws IOException {
        readBefore = connection.getBytesIn();
        received += bytes.remaining();
        rate.check(received);
        return new Bytes(bytes);
    }

    private void learnReadSize() {
        long read = connection.getBytesIn();
        if (read > readBefore) {
            int before = readSize.bytes();
            readSize.read(read - readBefore, waited);
            outgrown = readSize.bytes() > before;
            readBefore = read;
            waited = false;
            readAtOnce(readSize.bytes());
        }
    }

    /**
     * Jetty fills a connection's buffer again and again as long as it finds something to read, and
     * takes another one, of the size that is asked for by now, only while that one is lent.
     */
    private void readIntoLarger() {
        outgrown = false;
        if (!ended && ahead == null && !drained) {
            ahead = request.read();
            drained = ahead == null;
        }
    }

    private void readAtOnce(int bytes) {
        if (connection instanceof AbstractConnection buffering) {
            buffering.setInputBufferSize(bytes);
        }
    }

    private static IOException cut(@Nullable Throwable failure) {
        if (failure instanceof IOException broken) {
            return broken;
        }
        EOFException cut = new EOFException("the body broke off");
        cut.initCause(failure);
        return cut;
    }

    /**
     * Waits for bytes; false when there are none yet and the caller should look around. It parks by
     * itself: a semaphore's frames would stay on the stack of each of the thousands that wait.
     */
    private boolean await(Duration patience) throws IOException {
        reader = Thread.currentThread();
        long left = patience.toNanos();
        long deadline = System.nanoTime() + left;
        while (!available && !woken && left > 0) {
            LockSupport.parkNanos(this, left);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for the body");
            }
            left = deadline - System.nanoTime();
        }
        if (available) {
            demanded = false;
            return true;
        }
        woken = false; // only now, else a wake that comes just before would be forgotten
        return false;
    }

    private void available() {
        if (!gathered.isOpen() || !gatherAll()) {
            available = true;
            LockSupport.unpark(reader);
        }
    }

    /**
     * Keeps what has arrived; false when the reader has to see to it: there is too much, or it is
     * the end.
     */
    private boolean gatherAll() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(onAvailable);
                return true;
            }
            if (chunk.isLast()
                    || Content.Chunk.isFailure(chunk)
                    || !gathered.put(chunk.getByteBuffer())) {
                prefetched = chunk;
                if (closed) {
                    releasePrefetched();
                }
                return false;
            }
            chunk.release();
        }
    }
}
