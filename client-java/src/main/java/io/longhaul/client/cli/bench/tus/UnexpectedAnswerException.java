package io.longhaul.client.cli.bench.tus;

import io.longhaul.client.cli.bench.wire.Response;
import java.io.IOException;

/** The server answered, but not as the protocol says it should have. */
public final class UnexpectedAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(String message) {
        super(message);
    }

    static UnexpectedAnswerException to(String method, Response response) {
        return new UnexpectedAnswerException(method + " answered " + response.statusLine());
    }
}
