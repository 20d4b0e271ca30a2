package io.longhaul.client.cli.transfer;

import io.longhaul.client.CompletedUpload;
import io.longhaul.client.Upload;
import io.longhaul.client.UploadProgress;
import io.longhaul.client.UploadState;
import io.longhaul.client.cli.progress.Meter;
import io.longhaul.client.cli.progress.Transfer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** An upload that was begun, and how fast it is. Not thread-safe. */
final class RunningUpload {

    private final int id;
    private final PendingUpload pending;
    private final Upload upload;
    private final CompletableFuture<CompletedUpload> result;
    private final Meter meter = new Meter();

    RunningUpload(int id, PendingUpload pending, Upload upload, Runnable whenEnded) {
        this.id = id;
        this.pending = pending;
        this.upload = upload;
        this.result = upload.result().whenComplete((done, failure) -> whenEnded.run());
    }

    int id() {
        return id;
    }

    PendingUpload pending() {
        return pending;
    }

    Upload upload() {
        return upload;
    }

    boolean ended() {
        return result.isDone();
    }

    CompletableFuture<CompletedUpload> result() {
        return result;
    }

    /** Looks how far it is. */
    Transfer look(long nanoTime) {
        UploadProgress progress = upload.progress();
        meter.sample(nanoTime, progress.sent());
        OptionalLong length = progress.length().isPresent() ? progress.length() : pending.length();
        boolean waiting = progress.state() == UploadState.WAITING;
        return new Transfer(
                id,
                pending.name(),
                progress.offset(),
                progress.sent(),
                length,
                meter.rate(),
                waiting ? progress.trouble() : Optional.empty());
    }
}
