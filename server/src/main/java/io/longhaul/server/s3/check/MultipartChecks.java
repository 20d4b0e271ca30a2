package io.longhaul.server.s3.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhaul.server.core.content.StoreUnavailableException;
import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Multipart;
import io.longhaul.server.s3.S3Object;
import io.longhaul.server.s3.S3Raw;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What a store does with multipart uploads. */
final class MultipartChecks {

    private static final int MIB = 1 << 20;
    private static final int MOST_PARTS = 10_000;
    private static final Duration COMPLETION = Duration.ofMinutes(1);
    private static final S3Body SMALL = S3Body.of("end".getBytes(UTF_8));

    private final S3Bucket bucket;
    private final S3Raw raw;
    private final Scratch scratch;

    MultipartChecks(S3Bucket bucket, Scratch scratch) {
        this.bucket = bucket;
        this.raw = bucket.raw();
        this.scratch = scratch;
    }

    List<Check> all() {
        return List.of(
                new Check("least part", Grade.NOT_ENOUGH, this::takesParts),
                new Check("smaller parts", Grade.OK, this::takesSmallParts),
                new Check("most parts", Grade.NOT_ENOUGH, this::takesManyParts),
                new Check("parts left out", Grade.OK, this::leavesPartsOut),
                new Check("replaced parts", Grade.NOT_ENOUGH, this::refusesWhatWasReplaced),
                new Check("aborted uploads", Grade.NOT_ENOUGH, this::forgetsWhatWasAborted),
                new Check("list of multiparts", Grade.NOT_ENOUGH, this::listsThem),
                new Check("copies of parts", Grade.WARNING, this::copies));
    }

    /** One multipart upload of a check. */
    private final class Multipart {

        private final String key = scratch.key();
        private final String id;
        private final Map<Integer, String> etags = new TreeMap<>();

        Multipart() throws IOException {
            id = scratch.multipart(key);
        }

        Multipart part(int number, S3Body body) throws IOException {
            etags.put(number, bucket.multiparts().uploadPart(key, id, number, body));
            return this;
        }

        /** Completes it with all parts. */
        Void complete() throws IOException {
            return complete(etags);
        }

        Void complete(Map<Integer, String> chosen) throws IOException {
            List<CompletedPart> parts = new ArrayList<>();
            chosen.forEach(
                    (number, etag) ->
                            parts.add(
                                    CompletedPart.builder().partNumber(number).eTag(etag).build()));
            raw.call(
                    client ->
                            client.completeMultipartUpload(
                                    request ->
                                            request.bucket(raw.bucket())
                                                    .key(raw.full(key))
                                                    .uploadId(id)
                                                    .multipartUpload(all -> all.parts(parts))
                                                    .overrideConfiguration(
                                                            limits ->
                                                                    limits.apiCallTimeout(
                                                                                    COMPLETION)
                                                                            .apiCallAttemptTimeout(
                                                                                    COMPLETION))));
            return null;
        }

        boolean is(String text) throws IOException {
            Optional<byte[]> found = bucket.get(key).map(S3Object::bytes);
            return found.isPresent() && new String(found.get(), UTF_8).equals(text);
        }
    }

    private Finding takesParts() throws IOException {
        if (!refusesFirst(S3Body.of(new byte[5 * MIB]))) {
            return Finding.ok("5 MiB");
        }
        return Finding.of(
                !refusesFirst(S3Body.of(new byte[8 * MIB])),
                "8 MiB; 5 MiB is refused, and not needed",
                Grade.NOT_ENOUGH,
                "8 MiB is refused, which is the least that the server sends");
    }

    private Finding takesSmallParts() throws IOException {
        return Finding.ok(refusesFirst(SMALL) ? "refused unless they are the last" : "taken");
    }

    private boolean refusesFirst(S3Body first) throws IOException {
        Multipart multipart = new Multipart().part(1, first).part(2, SMALL);
        return Refusal.of(multipart::complete);
    }

    private Finding takesManyParts() throws IOException {
        Multipart multipart = new Multipart();
        if (Refusal.of(() -> multipart.part(MOST_PARTS, SMALL).complete())) {
            return new Finding(
                    Grade.NOT_ENOUGH,
                    "number %d is refused: large uploads would fail".formatted(MOST_PARTS));
        }
        Multipart more = new Multipart();
        return Finding.ok(
                Refusal.of(() -> more.part(MOST_PARTS + 1, SMALL))
                        ? String.valueOf(MOST_PARTS)
                        : "%d and more".formatted(MOST_PARTS));
    }

    private Finding leavesPartsOut() throws IOException {
        Multipart multipart = new Multipart().part(1, SMALL).part(2, SMALL);
        Map<Integer, String> first = Map.of(1, multipart.etags.get(1));
        return Finding.ok(
                Refusal.of(() -> multipart.complete(first))
                        ? "a completion has to name all, as the server's do"
                        : "a completion may leave some out");
    }

    private Finding refusesWhatWasReplaced() throws IOException {
        Multipart multipart = new Multipart().part(1, S3Body.of("old".getBytes(UTF_8)));
        Map<Integer, String> old = Map.copyOf(multipart.etags);
        multipart.part(1, SMALL);
        if (!Refusal.of(() -> multipart.complete(old))) {
            return new Finding(Grade.NOT_ENOUGH, "a completion with another ETag is done");
        }
        multipart.complete();
        return Finding.of(
                multipart.is("end"),
                "the last one counts; the ETag of another one is refused",
                Grade.NOT_ENOUGH,
                "the last one does not count");
    }

    private Finding forgetsWhatWasAborted() throws IOException {
        Multipart multipart = new Multipart().part(1, SMALL);
        bucket.multiparts().abort(multipart.key, multipart.id);
        boolean partRefused = Refusal.of(() -> multipart.part(2, SMALL));
        String completion = "refused";
        try {
            multipart.complete();
            completion = "done";
        } catch (S3RefusedException e) {
            completion += " with " + e.status();
        } catch (StoreUnavailableException e) { // by some stores, however often they are asked
            completion += ": " + e.getMessage();
        }
        return Finding.of(
                partRefused && bucket.get(multipart.key).isEmpty(),
                "no parts are taken, a completion is " + completion,
                Grade.NOT_ENOUGH,
                "parts are %s, a completion is %s"
                        .formatted(partRefused ? "refused" : "taken", completion));
    }

    private Finding listsThem() throws IOException {
        Multipart multipart = new Multipart().part(1, SMALL);
        Multipart other = new Multipart();
        List<String> shown = ids(multipart.key);
        bucket.multiparts().abort(multipart.key, multipart.id);
        List<String> afterwards = ids(multipart.key);
        return Finding.of(
                shown.contains(multipart.id) && !shown.contains(other.id) && afterwards.isEmpty(),
                "those below a prefix, at once",
                Grade.NOT_ENOUGH,
                "%d of 1, and %d after its end".formatted(shown.size(), afterwards.size()));
    }

    private List<String> ids(String prefix) throws IOException {
        return bucket.multiparts().list(prefix).stream().map(S3Multipart::uploadId).toList();
    }

    private Finding copies() throws IOException {
        String source = scratch.key();
        // Of less than that AWS copies no ranges.
        bucket.put(source, S3Body.of(Arrays.copyOf("0123456789".getBytes(UTF_8), 6 * MIB)));
        Multipart multipart = new Multipart();
        String etag =
                raw.call(
                                client ->
                                        client.uploadPartCopy(
                                                request ->
                                                        request.sourceBucket(raw.bucket())
                                                                .sourceKey(raw.full(source))
                                                                .copySourceRange("bytes=3-6")
                                                                .destinationBucket(raw.bucket())
                                                                .destinationKey(
                                                                        raw.full(multipart.key))
                                                                .uploadId(multipart.id)
                                                                .partNumber(1)))
                        .copyPartResult()
                        .eTag();
        multipart.complete(Map.of(1, etag));
        return Finding.of(
                multipart.is("3456"),
                "of a range",
                Grade.WARNING,
                "other bytes than those of the range");
    }
}
