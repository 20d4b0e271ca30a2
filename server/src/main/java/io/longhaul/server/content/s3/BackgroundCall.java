package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.content.StoreUnavailableException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A call to the store under way, on a thread of its own. */
final class BackgroundCall {

    /** Calls the store. */
    @FunctionalInterface
    interface Call {
        /** What the store answers: an ETag, an id. */
        String run() throws IOException;
    }

    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final Thread thread;

    private BackgroundCall(Call call, Runnable afterwards) {
        thread = Thread.ofVirtual().name("longhaul-part").unstarted(() -> run(call, afterwards));
    }

    /**
     * Begins a call.
     *
     * @param afterwards is run in any case when what the call sends is not needed any more
     */
    static BackgroundCall start(Call call, Runnable afterwards) {
        BackgroundCall begun = new BackgroundCall(call, afterwards);
        begun.thread.start();
        return begun;
    }

    private void run(Call call, Runnable afterwards) {
        String told = null;
        Throwable failure = null;
        try {
            told = call.run();
        } catch (IOException | RuntimeException | Error e) { // told to whoever asks for the answer
            failure = e;
        } finally {
            afterwards.run();
        }
        if (failure == null) {
            answer.complete(told);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    boolean over() {
        return answer.isDone();
    }

    /** Waits for the answer. */
    String answer() throws IOException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the store was called", e);
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

    /** Gives it up, and waits until what it sends is not needed any more. */
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
