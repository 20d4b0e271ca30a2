package io.longhaul.server.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads one answer and refuses whatever RFC 9112 does not allow a server to send. */
final class ResponseReader {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [1-5][0-9]{2} .*");
    private static final byte[] NO_BODY = {};

    private final InputStream in;

    ResponseReader(InputStream in) {
        this.in = in;
    }

    RawResponse read() throws IOException {
        RawResponse head = readHead();
        int status = head.status();
        List<RawResponse.Field> trailers = new ArrayList<>();
        byte[] body = status == 204 || status == 304 ? NO_BODY : body(head, trailers);
        return new RawResponse(head.statusLine(), head.headers(), body, trailers, head.interim());
    }

    RawResponse readHead() throws IOException {
        List<RawResponse> interim = new ArrayList<>();
        while (true) {
            String statusLine = statusLine();
            RawResponse head = new RawResponse(statusLine, fields(), NO_BODY, List.of(), interim);
            if (head.status() >= 200 || head.status() == 101) {
                return head;
            }
            interim.add(head);
        }
    }

    RawResponse readInterim() throws IOException {
        String statusLine = statusLine();
        return new RawResponse(statusLine, fields(), NO_BODY, List.of(), List.of());
    }

    private byte[] body(RawResponse head, List<RawResponse.Field> trailers) throws IOException {
        String length = head.header("Content-Length");
        if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
            if (length != null) {
                throw new IOException("both chunked and of a length: " + head);
            }
            byte[] body = chunks();
            trailers.addAll(fields());
            return body;
        }
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            if (!line().isEmpty()) {
                throw new IOException("a chunk is longer than its size");
            }
        }
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed after %d of %d bytes".formatted(bytes.length, count));
        }
        return bytes;
    }

    private String statusLine() throws IOException {
        String line = line();
        if (!STATUS_LINE.matcher(line).matches()) {
            throw new IOException("not a status line: " + line);
        }
        return line;
    }

    private List<RawResponse.Field> fields() throws IOException {
        List<RawResponse.Field> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.charAt(colon - 1) == ' ') {
                throw new IOException("not a header: " + line);
            }
            fields.add(
                    new RawResponse.Field(
                            line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return fields;
    }

    /** A line without its CR LF. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed in a head, after: " + line.toString(ISO_8859_1));
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IOException("a line ends without CR: " + text);
        }
        return text.substring(0, text.length() - 1);
    }
}
