package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentConcatenation.Progress;
import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Range;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes one object of parts of others, with a few of them on their way at a time. */
final class Copies {

    private static final int PARALLEL = 4;

    private final S3Bucket bucket;
    private final PartSizes sizes;
    private final Semaphore buffers;
    private final Progress progress;

    /**
     * @param buffers how many parts may be in memory at once
     */
    Copies(S3Bucket bucket, PartSizes sizes, Semaphore buffers, Progress progress) {
        this.bucket = bucket;
        this.sizes = sizes;
        this.buffers = buffers;
        this.progress = progress;
    }

    /** A multipart upload that becomes the object. */
    private record Target(String key, String upload) {}

    S3Content.Piece run(UploadId id, List<CopiedPart> parts, long length) throws IOException {
        String key = ContentKeys.object(id);
        if (parts.size() == 1 && parts.getFirst().copyable(sizes.least()).isEmpty()) {
            sent(parts.getFirst(), body -> put(key, body));
            return new S3Content.Piece(key, length);
        }
        Target target = new Target(key, bucket.multiparts().create(key));
        try {
            return assembled(target, copied(target, parts), length);
        } catch (IOException | RuntimeException | Error e) {
            abort(target, e);
            throw e;
        }
    }

    private String put(String key, S3Body body) throws IOException {
        bucket.put(key, body);
        return key;
    }

    /** That the parts vanish is no loss: what they were copied from is still there. */
    private S3Content.Piece assembled(Target target, List<String> etags, long length)
            throws IOException {
        try {
            return new Assembling(
                            bucket,
                            new S3Content.Multipart(
                                    target.key(),
                                    target.upload(),
                                    sizes.least(),
                                    length,
                                    List.of(),
                                    etags))
                    .run();
        } catch (ContentLostException e) {
            throw new IOException("what was copied is not there: " + e.getMessage(), e);
        }
    }

    private void abort(Target target, Throwable cause) {
        try {
            bucket.multiparts().abort(target.key(), target.upload());
        } catch (IOException e) { // left to the search for orphans
            cause.addSuppressed(e);
        }
    }

    private List<String> copied(Target target, List<CopiedPart> parts) throws IOException {
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        PARALLEL, Thread.ofVirtual().name("longhaul-copy").factory());
        try {
            List<Future<String>> pending = new ArrayList<>();
            for (CopiedPart part : parts) {
                int number = pending.size() + 1;
                pending.add(threads.submit(() -> copied(target, number, part)));
            }
            List<String> etags = new ArrayList<>();
            for (Future<String> each : pending) {
                etags.add(awaited(each));
            }
            return List.copyOf(etags);
        } finally {
            threads.shutdownNow(); // after a failure, nothing is to come behind the abort
            threads.close();
        }
    }

    private String awaited(Future<String> etag) throws IOException {
        while (true) {
            progress.report();
            try {
                return etag.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException _) { // it goes on, which is told
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failure
                        ? failure
                        : new IOException("a part could not be copied", e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while parts are copied");
            }
        }
    }

    private String copied(Target target, int number, CopiedPart part) throws IOException {
        if (part.copyable(sizes.least()).isEmpty()) {
            return sent(
                    part,
                    body ->
                            bucket.multiparts()
                                    .uploadPart(target.key(), target.upload(), number, body));
        }
        CopiedPart.Range range = part.ranges().getFirst();
        String source = ((CopiedPart.Source.Stored) range.source()).piece().key();
        try {
            return bucket.multiparts()
                    .copyPart(
                            target.key(),
                            target.upload(),
                            number,
                            source,
                            range.whole() ? null : new S3Range(range.position(), range.length()));
        } catch (S3RefusedException e) {
            if (!e.code().equals("NoSuchKey")) {
                throw e;
            }
            ContentLostException lost = new ContentLostException("there is no " + source);
            lost.initCause(e);
            throw lost;
        }
    }

    /** Takes bytes to the store. */
    private interface Sending {
        String send(S3Body body) throws IOException;
    }

    private String sent(CopiedPart part, Sending sending) throws IOException {
        try {
            buffers.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for memory");
        }
        try {
            return sending.send(S3Body.of(read(part)));
        } finally {
            buffers.release();
        }
    }

    private byte[] read(CopiedPart part) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(part.length()));
        for (CopiedPart.Range range : part.ranges()) {
            switch (range.source()) {
                case CopiedPart.Source.Held(ByteBuffer held) ->
                        bytes.put(
                                held.slice(
                                        held.position() + (int) range.position(),
                                        (int) range.length()));
                case CopiedPart.Source.Stored(S3Content.Piece piece) ->
                        new S3Reading(bucket, range.length(), bytes::put)
                                .read(
                                        new S3Content(List.of(piece), List.of(), List.of()),
                                        range.position(),
                                        range.length());
            }
        }
        return bytes.array();
    }
}
