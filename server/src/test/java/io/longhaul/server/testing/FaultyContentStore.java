package io.longhaul.server.testing;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.content.ContentConcatenation;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A content store that is full, fails or hangs when it is told to, and else does what the store
 * behind it does. Thread-safe; what it is told holds for all appends, open ones too.
 */
public final class FaultyContentStore implements ContentStore {

    private final ContentStore store;
    private final AtomicReference<@Nullable IOException> writeFailure = new AtomicReference<>();
    private final AtomicReference<@Nullable IOException> flushFailure = new AtomicReference<>();
    private final AtomicReference<@Nullable Block> block = new AtomicReference<>();
    private long room = Long.MAX_VALUE;

    public FaultyContentStore(ContentStore store) {
        this.store = store;
    }

    /** A write that hangs, before any of its bytes is written. */
    public static final class Block {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Block() {}

        /** Waits until a write hangs. */
        public void awaitReached() throws InterruptedException {
            reached.await();
        }

        /** Lets the write go on; does no harm when none hangs yet. */
        public void release() {
            released.countDown();
        }

        private void hold() throws IOException {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the store hung", e);
            }
        }
    }

    /** Takes that many bytes more, then is full. */
    public synchronized void fullAfter(long bytes) {
        room = bytes;
    }

    /** Has room again. */
    public void makeRoom() {
        fullAfter(Long.MAX_VALUE);
    }

    /** Fails the next write, before any of its bytes is written. */
    public void failNextWrite(IOException failure) {
        writeFailure.set(failure);
    }

    /** Forgets a failure that no write has met. */
    public void failNoWrite() {
        writeFailure.set(null);
    }

    /** Fails the next flush, before anything is flushed. */
    public void failNextFlush(IOException failure) {
        flushFailure.set(failure);
    }

    /** Makes the next write hang until it is released. */
    public Block blockNextWrite() {
        Block next = new Block();
        block.set(next);
        return next;
    }

    @Override
    public ContentAppend append(UploadId id, ContentPlace place) throws IOException {
        return new Append(store.append(id, place));
    }

    @Override
    public boolean readable(ContentReference reference) {
        return store.readable(reference);
    }

    @Override
    public ContentReference assemble(ContentReference reference) throws IOException {
        return store.assemble(reference);
    }

    @Override
    public void read(ContentReference reference, long position, long count, ContentSink sink)
            throws IOException {
        store.read(reference, position, count, sink);
    }

    @Override
    public void delete(UploadId id, @Nullable ContentReference reference) throws IOException {
        store.delete(id, reference);
    }

    @Override
    public int deleteOrphans(Instant unchangedSince, ContentClaims claims) throws IOException {
        return store.deleteOrphans(unchangedSince, claims);
    }

    @Override
    public Optional<ContentConcatenation> concatenation() {
        return store.concatenation();
    }

    @Override
    public synchronized OptionalLong usableBytes() {
        return room == Long.MAX_VALUE ? store.usableBytes() : OptionalLong.of(room);
    }

    private synchronized int take(int wanted) {
        int taken = (int) Math.min(room, wanted);
        room -= room == Long.MAX_VALUE ? 0 : taken;
        return taken;
    }

    private static void fail(AtomicReference<@Nullable IOException> due) throws IOException {
        IOException failure = due.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
    }

    private final class Append implements ContentAppend {

        private final ContentAppend append;

        Append(ContentAppend append) {
            this.append = append;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            Block due = block.getAndSet(null);
            if (due != null) {
                due.hold();
            }
            fail(writeFailure);
            int fitting = take(bytes.remaining());
            append.write(bytes.slice(bytes.position(), fitting));
            bytes.position(bytes.position() + fitting);
            if (bytes.hasRemaining()) {
                throw new StorageFullException("told to be full");
            }
        }

        @Override
        public long offset() {
            return append.offset();
        }

        @Override
        public ContentReference flush() throws IOException {
            fail(flushFailure);
            return append.flush();
        }

        @Override
        public void committed() {
            append.committed();
        }

        @Override
        public void idle() throws IOException {
            append.idle();
        }

        @Override
        public void close() throws IOException {
            append.close();
        }
    }
}
