package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes final uploads of partial ones. A final upload's content is its partial uploads', at least
 * until it has its own, so each of these records names the finals that need it, and what a request
 * costs grows with the number of parts, never with their bytes.
 *
 * <p>The order keeps a crash or a termination in between harmless: first every partial upload names
 * the final one, then the final record is stored, and only then, with the partial uploads read once
 * more, is it complete.
 */
final class Concatenator {

    private static final int MAX_FINALS = 1000;

    private final Records records;
    private final Copying copying;

    Concatenator(Records records, Copying copying) {
        this.records = records;
        this.copying = copying;
    }

    /** Creates a final upload; complete at once when its partial uploads are. */
    Upload create(Upload draft, Concatenation.Final concatenation) throws IOException {
        Map<UploadId, Upload> partials = partials(draft.owner(), concatenation.partials());
        OptionalLong length = length(concatenation, partials);
        if (length.isPresent()) {
            records.limits().checkLength(length.getAsLong());
        }
        Upload named =
                draft.change()
                        .length(length.isPresent() ? length.getAsLong() : null)
                        .concatenation(concatenation)
                        .done();
        for (Upload partial : partials.values()) {
            attach(partial, draft.id());
        }
        Upload stored = records.create(named);
        return stored.state() == UploadState.RECEIVING ? completed(stored) : stored;
    }

    /**
     * Completes a final upload when all its partial uploads are complete, but for content of its
     * own, which may come later.
     *
     * @return the record as it is then
     * @throws UploadException.Gone when a partial upload is gone, or all are more than is allowed:
     *     the final upload cannot be completed any more
     */
    Upload completed(Upload upload) throws IOException {
        if (!(upload.concatenation() instanceof Concatenation.Final concatenation)
                || upload.state() != UploadState.RECEIVING) {
            return upload;
        }
        Map<UploadId, Upload> partials = new LinkedHashMap<>();
        for (UploadId id : concatenation.partials()) {
            Optional<Upload> partial = records.find(id).filter(found -> !found.state().gone());
            if (partial.isEmpty()) {
                throw records.rejected(upload, null);
            }
            partials.put(id, partial.get());
        }
        if (!partials.values().stream().allMatch(each -> each.state() == UploadState.COMPLETE)) {
            return upload;
        }
        try {
            long length = length(concatenation, partials).orElseThrow();
            records.limits().checkLength(length);
            return complete(upload, length);
        } catch (UploadException.InvalidPartial | UploadException.TooLarge e) {
            throw records.rejected(upload, e);
        }
    }

    private Upload complete(Upload upload, long length) throws IOException {
        try {
            UploadState state =
                    copying.fits(length) ? UploadState.COMPLETING : UploadState.COMPLETE;
            Upload whole =
                    records.advance(
                            upload,
                            from ->
                                    from.change()
                                            .state(state)
                                            .offset(length)
                                            .length(length)
                                            .done());
            copying.start(whole);
            return whole;
        } catch (UploadException.TakenOver _) { // another request has completed it at the same time
            return records.live(upload.id());
        }
    }

    /** Completes the final uploads that waited for this partial one. */
    void partialCompleted(Upload partial) throws IOException {
        if (partial.concatenation() instanceof Concatenation.Partial(List<UploadId> finals)) {
            for (UploadId id : finals) {
                Optional<Upload> waiting =
                        records.find(id).filter(found -> !Records.overdue(found, records.now()));
                if (waiting.isPresent()) {
                    tryToComplete(waiting.get());
                }
            }
        }
    }

    private void tryToComplete(Upload finalUpload) throws IOException {
        try {
            completed(finalUpload);
        } catch (UploadException _) {
            // The final upload tells so itself; the partial one's bytes are accepted all the same.
        }
    }

    private Map<UploadId, Upload> partials(String owner, List<UploadId> ids) throws IOException {
        Map<UploadId, Upload> partials = new LinkedHashMap<>();
        for (UploadId id : ids) {
            if (!partials.containsKey(id)) {
                partials.put(id, partial(owner, id));
            }
        }
        return partials;
    }

    private Upload partial(String owner, UploadId id) throws IOException {
        Upload found =
                records.find(id)
                        .filter(upload -> upload.owner().equals(owner) && !upload.state().gone())
                        .orElseThrow(
                                () ->
                                        new UploadException.InvalidPartial(
                                                "there is no partial upload " + id));
        return switch (found.concatenation()) {
            case Concatenation.Partial(List<UploadId> finals) when finals.size() < MAX_FINALS ->
                    found;
            case Concatenation.Partial _ ->
                    throw new UploadException.InvalidPartial(
                            "the partial upload %s is in %d final uploads, the most allowed"
                                    .formatted(id, MAX_FINALS));
            case Concatenation.None _, Concatenation.Final _ ->
                    throw new UploadException.InvalidPartial(
                            "the upload %s is not a partial one".formatted(id));
        };
    }

    /** The sum of the parts; empty while one of them is deferred. */
    private static OptionalLong length(
            Concatenation.Final concatenation, Map<UploadId, Upload> partials) {
        long sum = 0;
        for (UploadId id : concatenation.partials()) {
            Upload partial = partials.get(id);
            if (partial == null || partial.length() == null) {
                return OptionalLong.empty();
            }
            try {
                sum = Math.addExact(sum, partial.length());
            } catch (ArithmeticException e) {
                throw new UploadException.InvalidPartial("together they exceed 2^63 - 1 bytes", e);
            }
        }
        return OptionalLong.of(sum);
    }

    private void attach(Upload partial, UploadId finalUpload) throws IOException {
        records.update(
                partial,
                from ->
                        from.concatenation() instanceof Concatenation.Partial known
                                ? from.change().concatenation(known.with(finalUpload)).done()
                                : from);
    }
}
