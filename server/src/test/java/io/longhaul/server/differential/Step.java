package io.longhaul.server.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One request of a scenario. In the target and the headers, {@code {1}} is the path of the upload
 * that step 1 created, and {@code {origin}} the server's own origin.
 *
 * @param body what follows the head, exactly as it is sent
 * @param cut whether the client stops sending after it
 */
record Step(String method, String target, List<String> headers, String body, boolean cut) {

    static final String UPLOAD_BYTES = "Content-Type: application/offset+octet-stream";
    private static final String VERSION = "Tus-Resumable: 1.0.0";

    Step {
        headers = List.copyOf(headers);
    }

    /** Any request, with nothing added to it. */
    static Step bare(String method, String target, String... headers) {
        return new Step(method, target, List.of(headers), "", false);
    }

    static Step request(String method, String target, String... headers) {
        return bare(method, target, headers).with(VERSION);
    }

    static Step head(String target) {
        return request("HEAD", target);
    }

    static Step get(String target, String... headers) {
        return request("GET", target, headers);
    }

    static Step delete(String target) {
        return request("DELETE", target);
    }

    static Step options(String target, String... headers) {
        return bare("OPTIONS", target, headers);
    }

    static Step post(String... headers) {
        return request("POST", "/files", headers).sending("");
    }

    /** A creation with bytes. */
    static Step postWith(String body, String... headers) {
        return request("POST", "/files", headers).with(UPLOAD_BYTES).sending(body);
    }

    static Step patch(String target, String offset, String body, String... headers) {
        return bytes(target, offset, headers).sending(body);
    }

    /** An append as one chunk; trailers may follow. */
    static Step chunked(String target, String offset, String body, String... trailers) {
        return bytes(target, offset).inOneChunk(body, trailers);
    }

    private static Step bytes(String target, String offset, String... headers) {
        return request("PATCH", target, headers)
                .with(UPLOAD_BYTES)
                .with("Upload-Offset: " + offset);
    }

    Step inOneChunk(String text, String... trailers) {
        StringBuilder wire = new StringBuilder();
        wire.append("%x\r\n%s\r\n0\r\n".formatted(text.length(), text));
        Arrays.stream(trailers).forEach(trailer -> wire.append(trailer).append("\r\n"));
        return with("Transfer-Encoding: chunked").body(wire.append("\r\n").toString());
    }

    Step sending(String text) {
        return with("Content-Length: " + text.length()).body(text);
    }

    /** Announces more than it sends. */
    Step cutAt(String text, int announced) {
        return new Step(method, target, with("Content-Length: " + announced).headers, text, true);
    }

    Step with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new Step(method, target, more, body, cut);
    }

    Step without(String name) {
        Stream<String> others = headers.stream().filter(line -> !line.startsWith(name + ":"));
        return new Step(method, target, others.toList(), body, cut);
    }

    private Step body(String wire) {
        return new Step(method, target, headers, wire, cut);
    }

    /** Whether the body is sent only after an answer with 100. */
    boolean expectsContinue() {
        return headers.contains("Expect: 100-continue");
    }

    /** The head as it is sent, before places are filled in. */
    String head() {
        StringBuilder head =
                new StringBuilder("%s %s HTTP/1.1\nHost: {host}\n".formatted(method, target));
        headers.forEach(header -> head.append(header).append('\n'));
        return head.toString();
    }
}
