package io.longhaul.server.core.upload;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What an upload may take.
 *
 * @param maxSize bytes of the largest upload; empty for no limit
 * @param expiry how long an incomplete upload lives after its last accepted byte; zero for ever
 * @param completeExpiry how long a complete upload lives; zero for ever
 * @param goneRetention how long a terminated or expired upload answers 410 before 404
 * @param inlineSize bytes of the longest upload that is kept in its record, when it arrives in one
 *     request; zero for none
 */
public record UploadLimits(
        OptionalLong maxSize,
        Duration expiry,
        Duration completeExpiry,
        Duration goneRetention,
        int inlineSize) {

    /** The largest length that an upload may have, in bytes. */
    public long maxLength() {
        return maxSize.orElse(Long.MAX_VALUE);
    }

    /**
     * Refuses a length over the limit.
     *
     * @throws UploadException.TooLarge when it is over
     */
    public void checkLength(long length) {
        if (length > maxLength()) {
            throw new UploadException.TooLarge(length, maxLength());
        }
    }
}
