package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.server.testing.Client;
import java.io.IOException;
import java.util.List;

/** What has become of the first server, or of its client, when the second one is asked. */
enum Interruption {
    /** The client is there and sends nothing more. */
    SILENT,
    /** The client's connection is reset. */
    CUT,
    /** The server is dead (SIGKILL). */
    KILLED,
    /** The server is stopped (SIGSTOP). */
    STOPPED;

    boolean isOfServer() {
        return this == KILLED || this == STOPPED;
    }

    void begin(PeerProcess server, FirstClient client) throws IOException {
        switch (this) {
            case SILENT -> {
                // It is already.
            }
            case CUT -> client.cut();
            case KILLED -> server.kill();
            case STOPPED -> server.signal("STOP");
        }
    }

    /** Ends it; the server takes requests then. */
    void end(PeerProcess server) throws IOException {
        switch (this) {
            case SILENT, CUT -> {
                // The client has gone.
            }
            case KILLED -> server.restart(List.of());
            case STOPPED -> {
                server.signal("CONT");
                Answers.expect(
                        200, new Client(server.origin().getPort()).exchange("OPTIONS", "/files"));
            }
        }
    }
}
