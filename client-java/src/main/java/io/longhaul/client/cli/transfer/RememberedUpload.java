package io.longhaul.client.cli.transfer;

import io.longhaul.client.FileUrlStore;
import io.longhaul.client.StoredUpload;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file whose upload was begun; the store has several entries for one that is sent in pieces.
 *
 * @param fingerprint of the file, as it was
 * @param urls of the upload, or of those pieces that were begun
 * @param pieces how many there are in all, 1 for an upload in one
 */
public record RememberedUpload(
        URI endpoint,
        String fingerprint,
        List<URI> urls,
        int pieces,
        Instant stored,
        Map<String, String> notes) {

    private static final String METADATA = "metadata.";
    private static final String PIECE = "piece";

    /** All that a store remembers, oldest first. */
    public static List<RememberedUpload> in(Path directory) {
        var byFile = new LinkedHashMap<List<Object>, RememberedUpload>();
        for (StoredUpload entry : FileUrlStore.uploads(directory)) {
            RememberedUpload one = of(entry);
            byFile.merge(List.of(one.endpoint, one.fingerprint), one, RememberedUpload::together);
        }
        return List.copyOf(byFile.values());
    }

    public Optional<Path> path() {
        try {
            return Optional.ofNullable(notes.get("path")).map(Path::of);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What people know it by. */
    public String name() {
        return notes.getOrDefault("path", urls.get(0).toString());
    }

    public OptionalLong length() {
        String length = notes.getOrDefault("length", "");
        return length.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(length))
                : OptionalLong.empty();
    }

    /** When the server forgets it; empty for never, or in words that are no date. */
    public Optional<Instant> expires() {
        try {
            return Optional.ofNullable(notes.get("expires"))
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(ZonedDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public Map<String, String> metadata() {
        var metadata = new LinkedHashMap<String, String>();
        notes.forEach(
                (key, value) -> {
                    if (key.startsWith(METADATA)) {
                        metadata.put(key.substring(METADATA.length()), value);
                    }
                });
        return metadata;
    }

    private static RememberedUpload of(StoredUpload entry) {
        String piece = entry.notes().getOrDefault(PIECE, "");
        boolean isPiece = piece.matches("[0-9]{1,2}/[0-9]{1,2}");
        int pieces = isPiece ? Integer.parseInt(piece.substring(piece.indexOf('/') + 1)) : 1;
        String suffix = "+" + piece;
        String name = entry.fingerprint();
        return new RememberedUpload(
                entry.endpoint(),
                isPiece && name.endsWith(suffix)
                        ? name.substring(0, name.length() - suffix.length())
                        : name,
                List.of(entry.url()),
                pieces,
                entry.stored(),
                entry.notes());
    }

    private static RememberedUpload together(RememberedUpload first, RememberedUpload second) {
        var urls = new ArrayList<>(first.urls);
        urls.addAll(second.urls);
        return new RememberedUpload(
                first.endpoint,
                first.fingerprint,
                List.copyOf(urls),
                Math.max(first.pieces, second.pieces),
                first.stored,
                first.notes);
    }
}
