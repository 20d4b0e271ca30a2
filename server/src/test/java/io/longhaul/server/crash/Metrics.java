package io.longhaul.server.crash;

import io.longhaul.server.testing.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.IOUtils;

/** What a server's Prometheus endpoint says. */
record Metrics(String text) {

    static Metrics of(ServerProcess server) throws IOException {
        var url = server.origin().resolve("/actuator/prometheus");
        return new Metrics(IOUtils.toString(url, StandardCharsets.UTF_8));
    }

    /** The value of a counter of events. */
    double value(String name, String event) {
        String start = "%s{event=\"%s\"} ".formatted(name, event);
        return text.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                .sum();
    }
}
