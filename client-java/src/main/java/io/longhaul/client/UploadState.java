package io.longhaul.client;

/** Where an {@link Upload} is in its life. */
public enum UploadState {
    /** Waits for its turn: the client runs a bounded number of uploads at once. */
    QUEUED,
    /** Talks to the server. */
    UPLOADING,
    /** Waits before it tries again; {@link UploadProgress#trouble()} says why. */
    WAITING,
    /** Stopped by {@link Upload#pause()} until {@link Upload#resume()}. */
    PAUSED,
    /** All bytes are on the server. */
    COMPLETE,
    /** Ended with an exception. */
    FAILED,
    /** Ended by {@link Upload#cancel()} or {@link Upload#terminate()}. */
    CANCELLED;

    /** Whether nothing will change any more. */
    public boolean isFinal() {
        return this == COMPLETE || this == FAILED || this == CANCELLED;
    }
}
