package io.longhaul.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhaul.server.core.content.ContentSink;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Content in memory or in a mapped file.
 *
 * @param bufferSize how many bytes it gives at once
 */
record FakeContent(ByteBuffer bytes, UploadMetadata metadata, int bufferSize)
        implements DownloadedContent {

    static final UploadId ID = new UploadId("0123456789abcdef0123456789abcdef");
    static final String ETAG = "\"0123456789abcdef0123456789abcdef\"";
    static final String LAST_MODIFIED = "Fri, 20 Nov 2026 10:15:30 GMT";

    private static final int SMALL = 7;

    static FakeContent of(String text) {
        return of(text, UploadMetadata.NONE);
    }

    static FakeContent of(String text, UploadMetadata metadata) {
        byte[] encoded = text.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocateDirect(encoded.length).put(encoded).flip();
        return new FakeContent(bytes.asReadOnlyBuffer(), metadata, SMALL);
    }

    static UploadMetadata metadata(Map<String, String> values) {
        return UploadMetadata.parse(
                values.entrySet().stream()
                        .map(value -> value.getKey() + " " + base64(value.getValue()))
                        .collect(Collectors.joining(",")));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Override
    public UploadId id() {
        return ID;
    }

    @Override
    public long length() {
        return bytes.limit();
    }

    @Override
    public Instant lastModified() {
        return Instant.parse("2026-11-20T10:15:30.987Z");
    }

    @Override
    public void read(long position, long count, ContentSink sink) throws IOException {
        if (count <= 0 || position + count > length()) {
            throw new IllegalArgumentException("%d bytes at %d".formatted(count, position));
        }
        int end = Math.toIntExact(position + count);
        for (int at = Math.toIntExact(position); at < end; at += bufferSize) {
            sink.accept(bytes.slice(at, Math.min(bufferSize, end - at)));
        }
    }
}
