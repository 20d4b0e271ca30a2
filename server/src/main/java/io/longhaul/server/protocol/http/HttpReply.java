package io.longhaul.server.protocol.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a request: a status, headers and, for an error, the problem. Success has no body.
 *
 * @param headers in order
 */
public record HttpReply(int status, List<Header> headers, Optional<Problem> problem) {

    /** The status of a reply that nobody waits for: the connection is closed instead. */
    public static final int HANG_UP = 0;

    /** One header line. */
    public record Header(String name, String value) {}

    /**
     * What went wrong.
     *
     * @param code stable, in kebab-case
     * @param detail one sentence for a person
     */
    public record Problem(String code, String detail) {}

    public HttpReply {
        headers = List.copyOf(headers);
    }

    /** A reply without headers. */
    public static HttpReply of(int status) {
        return new HttpReply(status, List.of(), Optional.empty());
    }

    /** An error without headers. */
    public static HttpReply problem(int status, String code, String detail) {
        return new HttpReply(status, List.of(), Optional.of(new Problem(code, detail)));
    }

    /** This reply with one more header. */
    public HttpReply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpReply(status, more, problem);
    }

    /** This reply with one more header, when there is a value for it. */
    public HttpReply with(String name, Optional<String> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }
}
