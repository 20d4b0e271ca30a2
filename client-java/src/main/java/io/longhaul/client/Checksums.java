package io.longhaul.client;

/** Whether requests carry the digest of their bytes (tus 1.0.0, Checksum). */
public enum Checksums {
    /** Never. */
    OFF,
    /** When the server names an algorithm that this Java has too. */
    WHERE_OFFERED,
    /** Always: without them the upload fails with {@link UnsupportedByServerException}. */
    REQUIRED
}
