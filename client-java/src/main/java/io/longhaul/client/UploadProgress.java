package io.longhaul.client;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far an upload is.
 *
 * @param state what the upload does now
 * @param offset bytes that the server has acknowledged; they survive anything
 * @param sent bytes handed to the network, at least {@code offset}; they may have to be sent again
 * @param length bytes in all, empty while a stream has not ended
 * @param url the upload's URL on the server, empty before it was created
 * @param trouble why the upload waits, in words for people; present while {@link
 *     UploadState#WAITING}
 */
public record UploadProgress(
        UploadState state,
        long offset,
        long sent,
        OptionalLong length,
        Optional<URI> url,
        Optional<String> trouble) {

    public UploadProgress {
        if (offset < 0 || sent < offset) {
            throw new IllegalArgumentException("offset " + offset + ", sent " + sent);
        }
    }
}
