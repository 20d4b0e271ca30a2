package io.longhaul.client.testing;

import java.io.IOException;

/** What a {@link ScriptedServer} does with a request instead of the right thing. */
@FunctionalInterface
public interface Fault {

    /** Meets a request. What it leaves of the body is read over if the connection is still open. */
    void meet(Exchange exchange) throws IOException;
}
