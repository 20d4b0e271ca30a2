package io.longhaul.client.cli.options;

import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.Shell;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --to}, or else the environment, says where uploads go. */
public final class EndpointOption {

    private static final String VARIABLE = "LONGHAUL_ENDPOINT";

    @Option(
            names = {"-t", "--to"},
            paramLabel = "URL",
            converter = WebUrlConverter.class,
            description = "Where uploads are created. Default: LONGHAUL_ENDPOINT.")
    private @Nullable URI endpoint;

    /** The endpoint that the command line names. */
    public Optional<URI> given() {
        return Optional.ofNullable(endpoint);
    }

    /** The endpoint, if there is one. */
    public Optional<URI> find(Shell shell) {
        return given().or(
                        () ->
                                shell.variable(VARIABLE)
                                        .map(text -> WebUrlConverter.parse(text, VARIABLE)));
    }

    /** The endpoint, without which there is nothing to do. */
    public URI require(Shell shell) {
        return find(shell)
                .orElseThrow(
                        () ->
                                CommandException.usage(
                                        "no server to upload to: give --to URL, or set "
                                                + VARIABLE));
    }
}
