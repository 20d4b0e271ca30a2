package io.longhaul.client;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * An upload that a {@link FileUrlStore} remembers.
 *
 * @param endpoint where it was created
 * @param fingerprint names its source
 * @param url where it is
 * @param stored when it was remembered first
 * @param notes what was remembered with it: the client keeps {@code path}, {@code length}, {@code
 *     expires} and the metadata under {@code metadata.KEY}
 */
public record StoredUpload(
        URI endpoint, String fingerprint, URI url, Instant stored, Map<String, String> notes) {

    public StoredUpload {
        notes = Map.copyOf(notes);
    }
}
