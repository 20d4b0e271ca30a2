package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.s3.Patience;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object of a multipart upload. Somebody may have done so before, or be at it: the store
 * then knows no such multipart upload, and has the object. One without the other is a loss.
 */
final class Assembling {

    private final S3Bucket bucket;
    private final S3Content.Multipart multipart;

    Assembling(S3Bucket bucket, S3Content.Multipart multipart) {
        this.bucket = bucket;
        this.multipart = multipart;
    }

    S3Content.Piece run() throws IOException {
        Optional<List<String>> etags = Manifest.etags(bucket, multipart);
        if (etags.isPresent()) {
            complete(etags.get());
            bucket.delete(multipart.manifests());
        } else if (!hasObject()) {
            throw lost("the multipart upload has vanished", null);
        }
        return new S3Content.Piece(multipart.key(), multipart.length());
    }

    private void complete(List<String> etags) throws IOException {
        Patience.Tries tries = Patience.OUTAGE.start();
        while (true) {
            try {
                bucket.multiparts().complete(multipart.key(), multipart.id(), etags);
                return;
            } catch (IOException e) {
                if (isCompleteAfter(e)) {
                    return;
                }
                tries.againOr(e);
            }
        }
    }

    /**
     * What a completion that failed has left.
     *
     * @return false when it is worth another try
     */
    private boolean isCompleteAfter(IOException failure) throws IOException {
        if (failure instanceof S3RefusedException refused && refused.status() == 400) {
            throw lost("a part is not as it was accepted", failure);
        }
        boolean underWay = underWay(); // asked first: somebody may complete it just now
        if (hasObject()) {
            return true;
        }
        if (!underWay) {
            throw lost("the multipart upload has vanished", failure);
        }
        if (failure instanceof S3RefusedException) {
            throw failure;
        }
        return false;
    }

    private boolean hasObject() throws IOException {
        Optional<Long> length = bucket.length(multipart.key());
        return length.isPresent() && length.get() == multipart.length();
    }

    /** Some stores fail when they are to complete what was aborted, and go on doing so. */
    private boolean underWay() throws IOException {
        return bucket.multiparts().list(multipart.key()).stream()
                .anyMatch(each -> each.uploadId().equals(multipart.id()));
    }

    private ContentLostException lost(String what, @Nullable Throwable cause) {
        ContentLostException lost =
                new ContentLostException("%s: %s".formatted(what, multipart.key()));
        if (cause != null) {
            lost.initCause(cause);
        }
        return lost;
    }
}
