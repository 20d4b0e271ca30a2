package io.longhaul.client.cli.options;

import io.longhaul.client.RetryPolicy;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long trouble is waited out. */
public final class RetryOption {

    @Option(
            names = "--retry-for",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = TimeSpanConverter.class,
            description =
                    "Gives up when no byte could be moved for so long, for example 90s, 2h or 1d."
                            + " Default: ${DEFAULT-VALUE}.")
    private Duration retryFor = Duration.ofHours(1);

    public RetryPolicy policy() {
        return RetryPolicy.standard().lasting(retryFor);
    }
}
