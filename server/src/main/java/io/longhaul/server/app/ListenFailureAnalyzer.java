package io.longhaul.server.app;

import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says why the server cannot listen where it was told to. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ListenFailureAnalyzer extends AbstractFailureAnalyzer<WebServerException> {

    private final Environment environment;

    ListenFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, WebServerException cause) {
        SocketException refused = findCause(cause, SocketException.class);
        if (refused == null) {
            return null;
        }
        String address = environment.getProperty("server.address", "0.0.0.0");
        String port = environment.getProperty("server.port", "8080");
        String reason = String.valueOf(refused.getMessage());
        return reason.contains("in use")
                ? new FailureAnalysis(
                        "Port %s at %s is in use by another program.".formatted(port, address),
                        "Stop that program, or choose another port with server.port, for example"
                                + " --server.port=8081.",
                        cause)
                : new FailureAnalysis(
                        "The server cannot listen on port %s at %s: %s."
                                .formatted(port, address, reason),
                        "Set server.address to an address of this machine and server.port to a"
                                + " port that the user who runs the server may open.",
                        cause);
    }
}
