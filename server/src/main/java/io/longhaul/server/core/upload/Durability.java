package io.longhaul.server.core.upload;

/** What an acknowledged byte and a committed record survive. */
public enum Durability {
    /**
     * A power cut: data and the entries of directories are forced to the device before a commit.
     */
    POWER_LOSS,
    /** The death of the process: the operating system has the data and writes it when it likes. */
    PROCESS_CRASH
}
