package io.longhaul.server.protocol.http;

/** A request that cannot be acted on as it is written: ends its handling with this reply. */
public final class HttpProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient HttpReply reply;

    public HttpProblem(HttpReply reply) {
        super(reply.problem().map(HttpReply.Problem::detail).orElse("HTTP " + reply.status()));
        this.reply = reply;
    }

    /** 400 with a code of its own. */
    public static HttpProblem badRequest(String code, String detail) {
        return new HttpProblem(HttpReply.problem(400, code, detail));
    }

    /** 404: no upload can have that name. */
    public static HttpProblem notFound() {
        return new HttpProblem(
                HttpReply.problem(404, "upload-not-found", "there is no such upload"));
    }

    /** 405, naming what is allowed. */
    public static HttpProblem methodNotAllowed(String method, String allowed) {
        return new HttpProblem(
                HttpReply.problem(
                                405,
                                "method-not-allowed",
                                "%s is not possible here, only %s"
                                        .formatted(Shown.of(method), allowed))
                        .with("Allow", allowed));
    }

    public HttpReply reply() {
        return reply;
    }
}
