package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.UploadState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** All uploads of a walk, and what becomes of them when something happens to one. */
final class ModelUploads {

    private final List<ModelUpload> all = new ArrayList<>();

    List<ModelUpload> all() {
        return all;
    }

    void add(ModelUpload upload) {
        all.add(upload);
    }

    List<ModelUpload> live(Instant now) {
        return all.stream().filter(upload -> upload.refusal(now).isEmpty()).toList();
    }

    void appended(ModelUpload upload, RandomAppend.Outcome outcome, Instant now) {
        boolean ok = outcome.code().equals("ok");
        boolean declared = ok && !Objects.equals(outcome.length(), upload.length());
        if (outcome.kept().length > 0 || declared) {
            upload.accept(outcome.kept(), outcome.length(), now);
        }
        if (ok && upload.complete()) {
            finals(upload).forEach(each -> each.look(now));
        }
    }

    void terminated(ModelUpload upload, Instant now) {
        upload.end(UploadState.TERMINATED, now);
        freed(upload, now);
    }

    /** Expires and forgets what is due, the most overdue first. */
    void swept(Instant now) {
        all.stream()
                .filter(upload -> upload.overdue(now))
                .sorted(Comparator.comparing(each -> Objects.requireNonNull(each.expires())))
                .toList()
                .stream()
                .filter(upload -> upload.overdue(now))
                .forEach(upload -> swept(upload, now));
    }

    private void swept(ModelUpload upload, Instant now) {
        if (!upload.gone()) {
            upload.end(UploadState.EXPIRED, now);
            freed(upload, now);
        } else if (needed(upload)) {
            upload.remember(now);
        } else {
            freed(upload, now);
            upload.forget();
        }
    }

    /** A partial upload that is gone is remembered as long as a final one needs its bytes. */
    private void freed(ModelUpload gone, Instant now) {
        for (ModelUpload part : new HashSet<>(gone.parts())) {
            if (part.state() != null && part.gone() && needed(part)) {
                part.remember(now);
            }
        }
    }

    private boolean needed(ModelUpload partial) {
        return finals(partial).stream().anyMatch(each -> !each.gone());
    }

    private List<ModelUpload> finals(ModelUpload partial) {
        return all.stream().filter(each -> each.parts().contains(partial)).toList();
    }
}
