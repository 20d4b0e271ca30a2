package io.longhaul.server.core.upload;

/** What an acknowledged byte, and the record that counts it, survives. */
public enum Durability {
    /** A power cut, and all that is less: data is forced to the disk before it is acknowledged. */
    POWER_LOSS,
    /** The end of the process, also by kill -9: data is handed to the operating system. */
    PROCESS_CRASH
}
