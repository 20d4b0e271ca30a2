package io.longhaul.server.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/** Several ranges in one answer, as multipart/byteranges (RFC 9110, section 14.6). */
final class MultipartRanges {

    // Random, so that no content can hold it on purpose.
    private final String boundary = UUID.randomUUID().toString();
    private final String partType;
    private final List<ByteRange> ranges;
    private final DownloadedContent content;

    MultipartRanges(String partType, List<ByteRange> ranges, DownloadedContent content) {
        this.partType = partType;
        this.ranges = ranges;
        this.content = content;
    }

    void send(Response response) throws IOException {
        List<String> heads = ranges.stream().map(this::head).toList();
        String end = "\r\n--%s--\r\n".formatted(boundary);
        long length = end.length();
        for (int i = 0; i < ranges.size(); i++) {
            length += heads.get(i).length() + ranges.get(i).length();
        }
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, "multipart/byteranges; boundary=" + boundary);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        sendParts(new ResponseSink(response, length), heads, end);
    }

    private void sendParts(ResponseSink sink, List<String> heads, String end) throws IOException {
        for (int i = 0; i < ranges.size(); i++) {
            ByteRange range = ranges.get(i);
            sink.accept(ascii(heads.get(i)));
            content.read(range.first(), range.length(), sink);
        }
        sink.accept(ascii(end));
        sink.finish();
    }

    private String head(ByteRange range) {
        return "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
                .formatted(boundary, partType, range.contentRange(content.length()));
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
