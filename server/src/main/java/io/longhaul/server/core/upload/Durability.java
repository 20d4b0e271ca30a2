package io.longhaul.server.core.upload;

/** What an acknowledged byte survives. */
public enum Durability {
    /** A power cut: data, directory entries and records are forced to the disk. */
    POWER_LOSS,
    /**
     * The end of the server's process, however it comes: what was written is left to the system.
     */
    PROCESS_CRASH
}
