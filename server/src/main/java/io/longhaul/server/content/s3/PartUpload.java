package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.StoreUnavailableException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A part on its way, on a thread of its own. */
final class PartUpload {

    /** Uploads the part. */
    @FunctionalInterface
    interface Call {
        /** Its ETag. */
        String run() throws IOException;
    }

    private final CompletableFuture<String> etag = new CompletableFuture<>();
    private final Thread thread;

    private PartUpload(Call call, Runnable afterwards) {
        thread = Thread.ofVirtual().name("longhaul-part").unstarted(() -> upload(call, afterwards));
    }

    /**
     * Begins to upload.
     *
     * @param afterwards is run in any case when the part's bytes are not needed any more
     */
    static PartUpload start(Call call, Runnable afterwards) {
        PartUpload upload = new PartUpload(call, afterwards);
        upload.thread.start();
        return upload;
    }

    private void upload(Call call, Runnable afterwards) {
        String answer = null;
        Throwable failure = null;
        try {
            answer = call.run();
        } catch (IOException | RuntimeException | Error e) { // told to whoever asks for the ETag
            failure = e;
        } finally {
            afterwards.run();
        }
        if (failure == null) {
            etag.complete(answer);
        } else {
            etag.completeExceptionally(failure);
        }
    }

    boolean over() {
        return etag.isDone();
    }

    /** Waits for the ETag. */
    String etag() throws IOException {
        try {
            return etag.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a part was uploaded", e);
        } catch (ExecutionException e) {
            throw told(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static IOException told(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        IOException told =
                switch (failure) {
                    case ContentLostException _ -> new ContentLostException(message);
                    case StoreUnavailableException _ -> new StoreUnavailableException(message);
                    default -> new IOException(message);
                };
        told.initCause(failure);
        return told;
    }

    /** Gives it up, and waits until its bytes are not needed any more. */
    void cancel() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
