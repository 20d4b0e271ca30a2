package io.longhaul.server.testing.s3;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer of the store. */
final class S3Answer {

    private static final byte[] NO_BODY = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final int sent;

    private S3Answer(int status, Map<String, String> headers, byte[] body, int sent) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.sent = sent;
    }

    S3Answer(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, body.length);
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

    /** The same, with a connection that breaks in the middle of the body. */
    S3Answer cut() {
        return new S3Answer(status, headers, body, body.length / 2);
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

    /** How many bytes of the body go out before the connection breaks; all when it does not. */
    int sent() {
        return sent;
    }
}
