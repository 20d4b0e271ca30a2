package io.longhaul.server.core.service;

import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.holder.Holder;
import io.longhaul.server.core.holder.LetGo;
import io.longhaul.server.core.upload.Digest;
import io.longhaul.server.core.upload.DigestAlgorithm;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One append under way: takes the request's bytes into the content, commits them now and then and
 * at the end, and heeds what the holder is asked. Used by the request's thread alone.
 */
final class AppendRun {

    private static final Duration IDLE_AFTER = Duration.ofSeconds(1);

    private final Records records;
    private final Holder holder;
    private final Checkpoints checkpoints;
    private final Append request;
    private final Intake content;
    private final @Nullable Long length;
    private final List<DigestComputation> digests;
    private Upload upload;
    private final @Nullable String self;
    private final Duration markAfter;
    private final long startedNanos = System.nanoTime();
    private long committedNanos = startedNanos;

    /** How far the content was at the last commit; what was under way then is committed later. */
    private long reached;

    /**
     * @param upload the record; version zero for one that the first commit is to create
     */
    AppendRun(
            Records records,
            Holder holder,
            Checkpoints checkpoints,
            Upload upload,
            Append request,
            Intake content) {
        this.records = records;
        this.holder = holder;
        this.checkpoints = checkpoints.spread();
        this.upload = upload;
        this.request = request;
        this.content = content;
        reached = upload.offset();
        length = length(upload, request);
        self = holder.node().orElse(null);
        markAfter = holder.timing().briefest();
        digests = DigestComputation.expected(request.verification());
    }

    /** The upload's length as of a request; null while it is not known. */
    static @Nullable Long length(Upload upload, Append request) {
        return upload.length() != null || request.length().isEmpty()
                ? upload.length()
                : Long.valueOf(request.length().getAsLong());
    }

    /** The record as last committed. */
    Upload upload() {
        return upload;
    }

    /**
     * Takes the whole body.
     *
     * @return the record with the new offset
     * @throws UploadException when the append ended before its time; what could be kept was kept
     * @throws StorageFullException when there is no room; what fitted and could be kept was kept
     * @throws IOException when a store failed
     */
    Upload run() throws IOException {
        try {
            receive();
        } catch (StorageFullException e) {
            keep(null);
            throw e;
        }
        verify();
        commit(null);
        return upload;
    }

    private void receive() throws IOException {
        while (true) {
            holder.waiting();
            switch (next()) {
                case UploadBody.Bytes(ByteBuffer bytes) -> {
                    holder.received();
                    take(bytes);
                    mark();
                }
                case UploadBody.Nothing() -> {
                    content.idle();
                    mark();
                }
                case UploadBody.End() -> {
                    holder.received();
                    content.ended();
                    return;
                }
            }
            heed();
        }
    }

    private UploadBody.Piece next() throws IOException {
        UploadBody body = request.body();
        try {
            return content.resting()
                    ? body.gather(checkpoints.patience(arrived()), holder::stirred)
                    : body.next(IDLE_AFTER);
        } catch (IOException e) {
            keep(null);
            throw new UploadException.Cut(e);
        }
    }

    private void take(ByteBuffer bytes) throws IOException {
        long end = content.offset() + bytes.remaining();
        if (length != null && end > length) {
            throw new UploadException.LengthExceeded(end, length);
        }
        records.limits().checkLength(end);
        digests.forEach(digest -> digest.update(bytes));
        content.write(bytes);
    }

    /** Has the record say where the holder is, for the next request that comes to another node. */
    private void mark() throws IOException {
        if (self != null
                && !self.equals(upload.holder())
                && upload.version() > 0
                && arrived() > 0
                && System.nanoTime() - startedNanos >= markAfter.toNanos()) {
            upload = records.advance(upload, from -> from.change().holder(self).done());
        }
    }

    private void heed() throws IOException {
        Optional<LetGo> asked = holder.letGoAsked();
        if (asked.isPresent()) {
            keep(null);
            throw switch (asked.get()) {
                case TAKEOVER -> new UploadException.TakenOver();
                case REPEATED -> new UploadException.Repeated();
                case TERMINATION -> new UploadException.Gone(UploadState.TERMINATED);
                case STOPPING -> new UploadException.Stopping();
            };
        }
        if (holder.checkpointAsked() || checkpointDue()) {
            keep(self);
            holder.checkpointed();
        } else if (checkpoints.many(content.offset() - reached) && uncommitted()) {
            checkpoint();
        }
    }

    /** Commits what can be had without waiting for more that is on its way. */
    private void checkpoint() throws IOException {
        Intake.Checkpoint had = content.checkpoint();
        commit(had.content(), had.offset(), self);
        if (arrived() == 0) {
            committedNanos = System.nanoTime();
        }
    }

    private boolean checkpointDue() {
        return checkpoints.due(arrived(), Duration.ofNanos(System.nanoTime() - committedNanos));
    }

    /** How many bytes have arrived since the last commit. */
    private long arrived() {
        return content.offset() - upload.offset();
    }

    private void keep(@Nullable String node) throws IOException {
        committedNanos = System.nanoTime();
        if (uncommitted()) {
            commit(node);
        }
    }

    /**
     * Whether something has arrived that can be committed before the end: not what has to be
     * verified first, and nothing while the upload has no record yet: then nobody could name it,
     * and nothing of it is to stay.
     */
    private boolean uncommitted() {
        return upload.version() > 0
                && !request.verification().pending()
                && content.offset() > upload.offset();
    }

    private void verify() throws IOException {
        Optional<Digest> expected = request.verification().atEnd();
        if (expected.isEmpty()) {
            return;
        }
        Digest actual = computed(expected.get().algorithm());
        if (!actual.equals(expected.get())) {
            throw new UploadException.DigestMismatch(expected.get(), actual);
        }
    }

    private Digest computed(DigestAlgorithm algorithm) {
        return digests.stream()
                .filter(digest -> digest.algorithm() == algorithm)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody announced a digest"))
                .digest();
    }

    /**
     * @param node where the holder goes on; null when it does not
     */
    private void commit(@Nullable String node) throws IOException {
        if (upload.version() > 0
                && content.offset() == upload.offset()
                && Objects.equals(length, upload.length())) {
            return;
        }
        commit(content.offset() > 0 ? content.flush() : null, content.offset(), node);
    }

    private void commit(@Nullable UploadContent written, long offset, @Nullable String node)
            throws IOException {
        reached = content.offset();
        upload =
                upload.version() > 0
                        ? records.advance(upload, from -> grown(from, written, offset, node))
                        : records.create(grown(upload, written, offset, node));
        if (written != null) {
            content.committed();
        }
    }

    private Upload grown(
            Upload from, @Nullable UploadContent written, long offset, @Nullable String node) {
        return from.change()
                .state(content.readable(written) ? from.state() : UploadState.COMPLETING)
                .offset(offset)
                .length(length)
                .content(written)
                .holder(node)
                .done();
    }
}
