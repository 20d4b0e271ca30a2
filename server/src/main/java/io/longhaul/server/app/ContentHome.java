package io.longhaul.server.app;

import java.io.IOException;
import java.util.Optional;

/**
 * The place of content whose records are in a database, which names the place too: neither is used
 * with another.
 */
interface ContentHome {

    /** The name that is kept there. */
    Optional<String> kept() throws IOException;

    /** Keeps a name, unless another was kept at the same time. */
    void keep(String name) throws IOException;

    /** Whether there is any content. */
    boolean hasContent() throws IOException;

    /** Refuses content whose records are in the catalog that belongs to such a place. */
    void refuseOwnCatalog() throws IOException;

    /** For messages: where it is. */
    String place();

    /** For messages: what to do for a new one. */
    String remedy();
}
