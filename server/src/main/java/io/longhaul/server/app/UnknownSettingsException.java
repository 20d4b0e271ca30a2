package io.longhaul.server.app;

import java.util.List;

/** Settings that do not exist were given where Spring does not look for such mistakes. */
final class UnknownSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Unknown> unknown;

    UnknownSettingsException(List<Unknown> unknown) {
        super("unknown settings: " + unknown);
        this.unknown = List.copyOf(unknown);
    }

    List<Unknown> unknown() {
        return unknown;
    }

    /**
     * One of them.
     *
     * @param name as it was written
     * @param place where it was found, for people
     */
    record Unknown(String name, String place) {}
}
