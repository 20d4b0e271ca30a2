package io.longhaul.server.catalog.s3;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of small objects that several processes change: whoever writes one names the version
 * it follows, and of those who name the same one, one wins. Thread-safe.
 */
interface Versions {

    /**
     * Tells a version from all others.
     *
     * @param number of the version, where versions are counted; else 0
     * @param etag of its object
     */
    record Tag(long number, String etag) {}

    /** A version, read whole. */
    @SuppressWarnings("ArrayRecordComponent") // read once, by who asked for it
    record Version(byte[] bytes, Tag tag) {}

    /** The latest version; empty when there is none. */
    Optional<Version> latest(String key) throws IOException;

    /**
     * Writes a version, in one try.
     *
     * @param bytes that no other version has
     * @param followed null for none: there must be no version
     * @throws IOException when it is not known whether this is the version that follows, or it is
     *     not: as the store has said if it {@linkplain
     *     io.longhaul.server.s3.S3RefusedException#conditionFailed refused} it
     */
    Tag write(String key, byte[] bytes, @Nullable Tag followed) throws IOException;

    /** Deletes all versions. */
    void delete(String key) throws IOException;

    /**
     * Deletes all versions up to one, if that is the latest. What follows it in that moment may be
     * lost where the store does not heed conditions when deleting.
     */
    void delete(String key, Tag latest) throws IOException;
}
