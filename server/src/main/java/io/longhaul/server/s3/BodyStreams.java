package io.longhaul.server.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** Opens a body as often as the SDK wants to sign or send it. */
record BodyStreams(S3Body body) implements ContentStreamProvider {

    /** The body as the SDK takes it. */
    static RequestBody request(S3Body body) {
        return RequestBody.fromContentProvider(
                new BodyStreams(body), body.length(), "application/octet-stream");
    }

    @Override
    public InputStream newStream() {
        try {
            return body.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
