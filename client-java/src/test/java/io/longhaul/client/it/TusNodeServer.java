package io.longhaul.client.it;

import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Command;
import io.longhaul.server.testing.NodeProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server of the tus project for Node, with its file store. */
final class TusNodeServer implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("port (\\d+)");

    private final Command command;
    private final int port;

    private TusNodeServer(Command command, int port) {
        this.command = command;
        this.port = port;
    }

    static TusNodeServer start(Path storage) throws IOException, InterruptedException {
        Command command =
                NodeProject.in("src/test/peers")
                        .start(Map.of(), "node", "tus-node-server.mjs", storage.toString());
        Matcher port =
                await("port of @tus/server")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> PORT.matcher(command.output()), Matcher::find);
        return new TusNodeServer(command, Integer.parseInt(port.group(1)));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        command.close();
    }
}
