package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who has a creation key: {@code k/<hash of the key>} names a record. Thread-safe.
 *
 * <p>A record has a key when both say so. The key's object is written first, so one whose record
 * does not have the key is either free or about to be used. Who wants it then keeps that record's
 * writer out, and only then takes the key, unless it was written anew meanwhile. A writer who was
 * kept out begins again with the key's object, and finds who has it now. So at any time a record
 * that has the key is named by the key's object, and no two have it.
 */
final class CreationKeys {

    private final Versions versions;
    private final RecordStore records;
    private final Places places;
    private final Patience others;

    CreationKeys(Versions versions, RecordStore records, Places places, Patience others) {
        this.versions = versions;
        this.records = records;
        this.places = places;
        this.others = others;
    }

    /** What a key's object says; the nonce differs from claim to claim. */
    private record Claim(UploadId id, String nonce) {

        byte[] bytes() {
            return "%s %s".formatted(id, nonce).getBytes(StandardCharsets.US_ASCII);
        }

        static Claim read(byte[] bytes) throws IOException {
            String text = new String(bytes, StandardCharsets.US_ASCII);
            int space = text.indexOf(' ');
            UploadId id =
                    UploadId.parse(text.substring(0, Math.max(0, space)))
                            .orElseThrow(() -> new IOException("not a creation key's object"));
            return new Claim(id, text.substring(space + 1));
        }
    }

    private static String key(String hash) {
        return "k/" + hash;
    }

    /**
     * Takes a key for a record that is about to be written over what was read before.
     *
     * @return the record that has the key; empty when it is taken for the other one now
     */
    Optional<Upload> take(String hash, UploadId id) throws IOException {
        Claim mine = new Claim(id, Names.nonce());
        Versions.@Nullable Tag followed = null;
        Patience.Tries tries = Retries.CONFLICTS.start();
        while (true) {
            @Nullable IOException failure = put(hash, mine, followed);
            if (failure == null) {
                return Optional.empty();
            }
            Optional<Versions.Version> found = versions.latest(key(hash));
            Claim theirs = found.isPresent() ? Claim.read(found.get().bytes()) : null;
            if (mine.equals(theirs)) {
                return Optional.empty();
            }
            if (theirs != null) {
                Optional<Upload> holder = holder(hash, theirs.id(), id);
                if (holder.isPresent()) {
                    return holder;
                }
            }
            followed = found.isPresent() ? found.get().tag() : null;
            tries.againOr(failure);
        }
    }

    private @Nullable IOException put(String hash, Claim claim, Versions.@Nullable Tag followed)
            throws IOException {
        try {
            Versions.Tag _ = versions.write(key(hash), claim.bytes(), followed);
            return null;
        } catch (IOException e) {
            if (RecordStore.maybeDone(e)) {
                return e;
            }
            throw e;
        }
    }

    /** The record that a key names, if it has it; else, what is written of it comes too late. */
    private Optional<Upload> holder(String hash, UploadId named, UploadId mine) throws IOException {
        Patience.Tries tries = others.start();
        while (true) {
            StoredRecord found = records.read(named).orElse(null);
            if (found != null && found.holds(hash)) {
                return Optional.ofNullable(found.upload());
            }
            if (named.equals(mine)) {
                return Optional.empty();
            }
            boolean maybeUnderWay = found == null && tries.again();
            if (!maybeUnderWay && places.fence(named, found, Optional.of(hash))) {
                return Optional.empty();
            }
        }
    }

    /** Deletes a key's object if it names a record that is no more. */
    void forget(String hash, UploadId id) throws IOException {
        Optional<Versions.Version> found = versions.latest(key(hash));
        if (found.isPresent() && Claim.read(found.get().bytes()).id().equals(id)) {
            versions.delete(key(hash), found.get().tag());
        }
    }
}
