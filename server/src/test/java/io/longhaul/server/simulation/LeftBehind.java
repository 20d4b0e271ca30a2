package io.longhaul.server.simulation;

import io.longhaul.server.core.service.ScriptedBody;
import java.util.Arrays;

/** A request that the client does not look at any more, and the rest of its bytes. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record LeftBehind(ScriptedBody body, byte[] rest) {

    /** Lets some more bytes arrive. */
    LeftBehind trickle(int count) {
        body.bytes(Arrays.copyOf(rest, count));
        return new LeftBehind(body, Arrays.copyOfRange(rest, count, rest.length));
    }

    void end() {
        body.bytes(rest).end();
    }

    void cut() {
        body.cut();
    }
}
