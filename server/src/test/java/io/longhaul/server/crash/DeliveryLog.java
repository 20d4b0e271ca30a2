package io.longhaul.server.crash;

import io.longhaul.server.crash.CatalogHistory.Delivery;
import io.longhaul.server.testing.ServerProcess;
import java.util.List;
import java.util.regex.Pattern;

/** What a server's log says that listeners were told, from kill to kill. For one thread. */
final class DeliveryLog {

    private static final Pattern COMPLETE =
            Pattern.compile("Upload ([0-9a-f]{32}) is complete with (\\d+) bytes");
    private static final Pattern TROUBLE = Pattern.compile("(?m)^.* (ERROR|WARN) .*$");

    private final ServerProcess server;
    private int read;

    DeliveryLog(ServerProcess server) {
        this.server = server;
    }

    /** The completions since this was asked last. Anything that went wrong is a failure. */
    List<Delivery> next() {
        String output = server.output();
        String fresh = output.substring(read);
        read = output.length();
        List<String> trouble =
                TROUBLE.matcher(fresh).results().map(match -> match.group()).toList();
        if (!trouble.isEmpty()) {
            throw new AssertionError("the server had trouble: " + trouble);
        }
        return COMPLETE.matcher(fresh)
                .results()
                .map(match -> new Delivery(match.group(1), Long.parseLong(match.group(2))))
                .toList();
    }
}
