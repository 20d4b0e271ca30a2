package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentClaims;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Entry;
import io.longhaul.server.s3.S3Multipart;
import io.longhaul.server.s3.S3Page;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One walk over all content that deletes what no record names. It holds one page of a list at a
 * time, and leaves alone whatever the store would not have put there.
 */
final class S3OrphanSweep {

    private static final int PAGE = 1_000;

    private final S3Bucket bucket;
    private final Instant unchangedSince;
    private final ContentClaims claims;
    private final Set<UploadId> cleaned = new HashSet<>();

    S3OrphanSweep(S3Bucket bucket, Instant unchangedSince, ContentClaims claims) {
        this.bucket = bucket;
        this.unchangedSince = unchangedSince;
        this.claims = claims;
    }

    /** Of how many uploads something was deleted. */
    int run() throws IOException {
        for (S3Multipart each : bucket.multiparts().list(ContentKeys.ALL)) {
            Optional<UploadId> id = ContentKeys.id(each.key());
            if (id.isPresent()
                    && each.initiated().isBefore(unchangedSince)
                    && orphans(id.get(), Set.of(each.key())).contains(each.key())) {
                bucket.multiparts().abort(each.key(), each.uploadId());
                cleaned.add(id.get());
            }
        }
        S3Page page = bucket.list(ContentKeys.ALL, "", PAGE);
        sweep(page);
        while (page.more()) {
            page = bucket.list(ContentKeys.ALL, page.entries().getLast().key(), PAGE);
            sweep(page);
        }
        return cleaned.size();
    }

    private void sweep(S3Page page) throws IOException {
        Map<UploadId, Set<String>> old = new HashMap<>();
        for (S3Entry entry : page.entries()) {
            Optional<UploadId> id = ContentKeys.id(entry.key());
            if (id.isPresent() && entry.modified().isBefore(unchangedSince)) {
                old.computeIfAbsent(id.get(), _ -> new HashSet<>()).add(entry.key());
            }
        }
        Set<String> orphans = new HashSet<>();
        for (Map.Entry<UploadId, Set<String>> each : old.entrySet()) {
            Set<String> unnamed = orphans(each.getKey(), each.getValue());
            if (!unnamed.isEmpty()) {
                orphans.addAll(unnamed);
                cleaned.add(each.getKey());
            }
        }
        bucket.delete(orphans.stream().toList());
    }

    /** Those of an upload's keys that nobody needs. */
    private Set<String> orphans(UploadId id, Set<String> keys) throws IOException {
        return switch (claims.of(id)) {
            case ContentClaims.Growing _ -> Set.of();
            case ContentClaims.Nothing _ -> keys;
            case ContentClaims.Named named -> without(keys, named.reference());
        };
    }

    private static Set<String> without(Set<String> keys, @Nullable ContentReference reference)
            throws IOException {
        Set<String> needed = S3Content.of(reference).keys().collect(Collectors.toSet());
        return keys.stream().filter(key -> !needed.contains(key)).collect(Collectors.toSet());
    }
}
