package io.longhaul.server.s3;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/**
 * Makes URLs at which anybody can read an object for a while: they are secrets. It asks nobody but,
 * for credentials, the machine. Thread-safe.
 */
public final class S3Links implements Closeable {

    /** As our own downloads have it. */
    private static final String CACHE_CONTROL = "private, no-cache, no-transform";

    private final S3Address address;
    private final Duration validity;
    private final S3Presigner presigner;

    /**
     * @param address with the endpoint that readers can reach
     * @param validity of a link; credentials that end sooner end it too
     */
    public S3Links(S3Address address, Duration validity) {
        this.address = address;
        this.validity = validity;
        presigner = S3Clients.presigner(address);
    }

    /**
     * A URL for GET, with or without a range.
     *
     * @param mediaType that the store has to tell
     * @param disposition that the store has to tell, as in Content-Disposition
     */
    public URI link(String key, String mediaType, String disposition) throws IOException {
        GetObjectRequest request =
                GetObjectRequest.builder()
                        .bucket(address.bucket())
                        .key(address.full(key))
                        .responseCacheControl(CACHE_CONTROL)
                        .responseContentType(mediaType)
                        .responseContentDisposition(disposition)
                        .build();
        PresignedGetObjectRequest signed =
                S3Calls.made(
                        () ->
                                presigner.presignGetObject(
                                        link ->
                                                link.signatureDuration(validity)
                                                        .getObjectRequest(request)));
        return URI.create(signed.url().toString());
    }

    @Override
    public void close() {
        presigner.close();
    }
}
