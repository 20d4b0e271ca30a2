package io.longhaul.client.internal.wire;

/** The upload was told to stop: paused or cancelled. */
public final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;
}
