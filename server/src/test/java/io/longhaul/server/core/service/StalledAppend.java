package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.Upload;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An append on a thread of its own, all of whose bytes have arrived, but not its end. */
final class StalledAppend {

    private final UploadWorld world;
    private final ModelUpload upload;
    private final ScriptedBody body;
    private final CompletableFuture<String> outcome;

    /** Returns when the append waits. */
    StalledAppend(UploadWorld world, ModelUpload upload, RandomAppend append)
            throws InterruptedException {
        this.world = world;
        this.upload = upload;
        body =
                append.chunked()
                        ? ScriptedBody.chunked()
                        : ScriptedBody.ofLength(append.bytes().length);
        body.bytes(append.bytes());
        Append request = append.request(body);
        outcome =
                CompletableFuture.supplyAsync(
                        () ->
                                UploadWorld.outcome(
                                        () -> world.uploads().append(upload.id(), request)),
                        Thread::startVirtualThread);
        body.awaitStalled();
    }

    /** Raises the epoch in the record, as another node does that takes over. */
    void fence() throws IOException {
        Upload read = world.catalog().find(upload.id()).orElseThrow();
        Upload fenced = read.change().epoch(read.epoch() + 1).done();
        if (world.catalog().replace(fenced, read.version()).isEmpty()) {
            throw new AssertionError("somebody changes the record of an append that waits");
        }
    }

    /** Lets the body end as it should. */
    void end() {
        body.end();
    }

    /** How the append ends. */
    String outcome() throws InterruptedException {
        try {
            return outcome.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the append to %s does not end".formatted(upload), e);
        }
    }
}
