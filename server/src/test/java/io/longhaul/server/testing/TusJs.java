package io.longhaul.server.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One run of tus-js-client in Node; the scenarios are in {@code tus.mjs}. */
public final class TusJs {

    public static final Duration LIMIT = Duration.ofMinutes(2);

    private static final JsonMapper JSON = new JsonMapper();

    private final String scenario;
    private final Map<String, Object> task = new HashMap<>();
    private final Map<String, Object> options = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private TusJs(String scenario) {
        this.scenario = scenario;
    }

    public static TusJs scenario(String name, URI endpoint, TestFile file) {
        return new TusJs(name)
                .with("endpoint", endpoint.toString())
                .with("file", file.path().toString());
    }

    /** Sets a key of the scenario itself. */
    public TusJs with(String key, Object value) {
        task.put(key, value);
        return this;
    }

    /** Sets an option of tus-js-client. */
    public TusJs option(String name, Object value) {
        options.put(name, value);
        return this;
    }

    /** Lets the client retry so often that only a stuck upload fails. */
    public TusJs retrying() {
        return option("retryDelays", Collections.nCopies(300, 100));
    }

    public TusJs trusting(Path certificate) {
        environment.put("NODE_EXTRA_CA_CERTS", certificate.toString());
        return this;
    }

    public Command start() throws IOException, InterruptedException {
        task.put("options", options);
        return NodeProject.in("src/test/interop")
                .start(environment, "node", "tus.mjs", scenario, JSON.writeValueAsString(task));
    }

    /** Runs to the end, and fails if the upload did. */
    public Result upload() throws IOException, InterruptedException {
        return result(start());
    }

    /** How a run went that must have gone well. */
    public static Result result(Command command) throws IOException, InterruptedException {
        Result result = outcome(command);
        if (result.error() != null) {
            throw new AssertionError(result.toString());
        }
        return result;
    }

    /** How a run went, well or not. */
    public static Result outcome(Command command) throws IOException, InterruptedException {
        return JSON.readValue(command.result(LIMIT), Result.class);
    }

    /** What the script printed: requests are method and status, such as {@code PATCH 204}. */
    public record Result(
            String url, @Nullable String error, List<String> requests, List<String> locations) {}
}
