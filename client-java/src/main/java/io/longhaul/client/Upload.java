package io.longhaul.client;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One upload, from {@link UploadClient}. It runs by itself; this is the handle to watch and steer
 * it. Thread-safe. Not for implementing outside this library.
 */
public interface Upload {

    /**
     * Completes when all bytes are on the server, or with an {@link UploadException}. Cancelling
     * the future does not cancel the upload; {@link #cancel()} does.
     */
    CompletableFuture<CompletedUpload> result();

    /**
     * Waits for {@link #result()}.
     *
     * @throws UploadException if the upload failed or was cancelled
     * @throws InterruptedException if the waiting thread was interrupted; the upload goes on
     */
    CompletedUpload await() throws InterruptedException;

    /**
     * Tells the listener how far the upload is: now, and from now on.
     *
     * @return this
     */
    Upload onProgress(ProgressListener listener);

    /** How far the upload is. */
    UploadProgress progress();

    /** The URL of the upload on the server; empty before the server has answered. */
    default Optional<URI> url() {
        return progress().url();
    }

    /** Stops sending, soon, and keeps everything for {@link #resume()}. No effect at the end. */
    void pause();

    /** Goes on after {@link #pause()}, from the offset that the server has. */
    void resume();

    /**
     * Ends the upload: the result fails with {@link UploadCancelledException}. What the server has
     * stays there, and a later upload of the same source by a client with the same store goes on
     * from it.
     */
    void cancel();

    /**
     * Cancels, forgets the URL and deletes what the server has (tus 1.0.0, Termination).
     *
     * @return completes when the server has confirmed, or with an {@link UploadException}; an
     *     upload that the server does not have any more is no error
     */
    CompletableFuture<Void> terminate();
}
