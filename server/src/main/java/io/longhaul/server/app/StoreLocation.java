package io.longhaul.server.app;

/** Where uploads and their records are, for whoever starts the server. */
@FunctionalInterface
interface StoreLocation {

    /** A sentence without its full stop. */
    String text();
}
