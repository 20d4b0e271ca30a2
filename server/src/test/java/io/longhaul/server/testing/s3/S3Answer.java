package io.longhaul.server.testing.s3;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer of the store. */
final class S3Answer {

    private static final byte[] NO_BODY = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    S3Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static S3Answer empty(int status) {
        return new S3Answer(status, Map.of(), NO_BODY);
    }

    static S3Answer etag(FakeObject object) {
        return new S3Answer(200, Map.of("ETag", quoted(object)), NO_BODY);
    }

    static S3Answer xml(int status, String document) {
        return new S3Answer(
                status,
                Map.of("Content-Type", "application/xml"),
                document.getBytes(StandardCharsets.UTF_8));
    }

    static S3Answer of(S3Failure failure) {
        String document =
                new S3Xml()
                        .add("Code", failure.code())
                        .add("Message", String.valueOf(failure.getMessage()))
                        .in("Error");
        return xml(failure.status(), document);
    }

    static String quoted(FakeObject object) {
        return '"' + object.etag() + '"';
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Empty for none. */
    byte[] body() {
        return body;
    }
}
