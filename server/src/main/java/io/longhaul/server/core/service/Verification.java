package io.longhaul.server.core.service;

import io.longhaul.server.core.upload.Digest;
import java.util.Optional;

/**
 * What the bytes of an append are to be verified with. While it is pending, none of them is
 * committed.
 */
public interface Verification {

    /** Nothing to verify. */
    Verification NONE =
            new Verification() {
                @Override
                public boolean pending() {
                    return false;
                }

                @Override
                public Optional<Digest> atStart() {
                    return Optional.empty();
                }

                @Override
                public Optional<Digest> atEnd() {
                    return Optional.empty();
                }
            };

    /** Whether a digest is known or announced, so that bytes have to wait for it. */
    boolean pending();

    /** The digest that came before the bytes. */
    Optional<Digest> atStart();

    /**
     * The digest that came behind the bytes, or before them; called once they have all arrived.
     * Empty when nothing was pending.
     *
     * @throws RuntimeException when what came is no digest; then no byte is kept
     */
    Optional<Digest> atEnd();
}
