package io.longhaul.client.cli.bench.tus;

import io.longhaul.client.cli.bench.wire.HttpConnection;
import io.longhaul.client.cli.bench.wire.Request;
import io.longhaul.client.cli.bench.wire.Response;
import java.io.IOException;

/**
 * The requests of tus 1.0.0 for uploads at one endpoint. Each checks its answer and throws {@link
 * UnexpectedAnswerException} for any other. An upload is named by its request target. Thread-safe.
 */
public final class Uploads {

    private final Endpoint endpoint;
    private final String headers;
    private final String contentHeaders;

    public Uploads(Endpoint endpoint) {
        this.endpoint = endpoint;
        headers = endpoint.headers() + "Tus-Resumable: 1.0.0\r\n";
        contentHeaders = headers + "Content-Type: application/offset+octet-stream\r\n";
    }

    /** Creates an empty upload. */
    public String create(HttpConnection connection, long length) throws IOException {
        return created(connection.exchange(creation(headers, length, 0)));
    }

    /** Creates an upload by a request that carries all of its bytes. */
    public String createWithUpload(HttpConnection connection, long length) throws IOException {
        Response response = connection.exchange(creation(contentHeaders, length, length));
        String upload = created(response);
        checkOffset("POST", response, length);
        return upload;
    }

    /** Sends bytes that begin at an offset. */
    public void append(HttpConnection connection, String upload, long offset, long length)
            throws IOException {
        appended(
                connection.exchange(patch(upload, contentHeaders, offset, length)),
                offset + length);
    }

    /** Sends bytes with their checksum, as the header has it: algorithm, space, Base64. */
    public void append(
            HttpConnection connection, String upload, long offset, long length, String checksum)
            throws IOException {
        String checksummed = contentHeaders + "Upload-Checksum: " + checksum + "\r\n";
        appended(connection.exchange(patch(upload, checksummed, offset, length)), offset + length);
    }

    /** Sends the head of an append whose bytes follow later. */
    public void beginAppend(HttpConnection connection, String upload, long length)
            throws IOException {
        connection.begin(patch(upload, contentHeaders, 0, length));
    }

    /** Asks for the offset, without waiting for the answer. */
    public void askOffset(HttpConnection connection, String upload) throws IOException {
        connection.ask(new Request("HEAD", upload, headers, 0));
    }

    /** Reads the answer to {@link #askOffset}, which must be this offset. */
    public void readOffset(HttpConnection connection, long expected) throws IOException {
        Response response = connection.answer();
        if (response.status() != 200 && response.status() != 204) {
            throw UnexpectedAnswerException.to("HEAD", response);
        }
        checkOffset("HEAD", response, expected);
    }

    /** Reads the content of a complete upload, which must be so long. */
    public void download(HttpConnection connection, String upload, long length) throws IOException {
        Response response = connection.exchange(new Request("GET", upload, headers, 0));
        if (response.status() != 200) {
            throw UnexpectedAnswerException.to("GET", response);
        }
        if (response.bodyLength() != length) {
            throw new UnexpectedAnswerException(
                    "GET answered %d bytes, not %d".formatted(response.bodyLength(), length));
        }
    }

    /** Deletes an upload. */
    public void terminate(HttpConnection connection, String upload) throws IOException {
        Response response = connection.exchange(new Request("DELETE", upload, headers, 0));
        if (response.status() != 204) {
            throw UnexpectedAnswerException.to("DELETE", response);
        }
    }

    private Request creation(String commonHeaders, long length, long bodyLength) {
        String all = commonHeaders + "Upload-Length: " + length + "\r\n";
        return new Request("POST", endpoint.target(), all, bodyLength);
    }

    private Request patch(String upload, String commonHeaders, long offset, long length) {
        String all = commonHeaders + "Upload-Offset: " + offset + "\r\n";
        return new Request("PATCH", upload, all, length);
    }

    private String created(Response response) throws IOException {
        if (response.status() != 201) {
            throw UnexpectedAnswerException.to("POST", response);
        }
        return endpoint.target(
                response.header("Location")
                        .orElseThrow(
                                () ->
                                        new UnexpectedAnswerException(
                                                "POST answered 201 without a Location")));
    }

    private void appended(Response response, long expected) throws IOException {
        if (response.status() != 204) {
            throw UnexpectedAnswerException.to("PATCH", response);
        }
        checkOffset("PATCH", response, expected);
    }

    private static void checkOffset(String method, Response response, long expected)
            throws IOException {
        long offset = response.number("Upload-Offset");
        if (offset != expected) {
            throw new UnexpectedAnswerException(
                    "%s answered Upload-Offset %d, not %d".formatted(method, offset, expected));
        }
    }
}
