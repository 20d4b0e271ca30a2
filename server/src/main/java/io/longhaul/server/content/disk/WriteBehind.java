package io.longhaul.server.content.disk;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Forces what is written to a file beside further writes, so that a flush has little left to wait
 * for. It proves nothing by itself: the flush forces once more. Used by one thread.
 */
final class WriteBehind {

    /** So much is given to the disk at once. */
    static final long STEP = 16L << 20;

    private static final CompletableFuture<?> NOTHING = CompletableFuture.completedFuture("");

    private long begun;
    private CompletableFuture<?> running = NOTHING;
    private volatile @Nullable IOException failure;

    /**
     * @param offset behind the bytes that are on the disk
     */
    WriteBehind(long offset) {
        begun = offset;
    }

    /** Says that bytes were written up to an offset. */
    void wrote(FileChannel file, long offset) {
        if (offset - begun >= STEP && running.isDone()) {
            begun = offset;
            running = CompletableFuture.runAsync(() -> force(file), Thread::startVirtualThread);
        }
    }

    private void force(FileChannel file) {
        try {
            file.force(false);
        } catch (ClosedChannelException _) { // an interrupt closed it; the flush opens it anew
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * Waits until nothing is under way: then the file can be closed.
     *
     * @throws IOException when the disk did not take something, which it says only once
     */
    void await() throws IOException {
        running.join();
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure); // the text tells a full disk
        }
    }
}
