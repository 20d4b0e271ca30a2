package io.longhaul.client.cli.options;

import picocli.CommandLine.Option;

/** Whether the result is for programs. */
public final class JsonOption {

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    public boolean isSet() {
        return json;
    }
}
