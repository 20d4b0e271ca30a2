package io.longhaul.server.core.upload;

/** Where an upload is in its life. */
public enum UploadState {
    /** Bytes, the length or unfinished partial uploads are still missing. */
    RECEIVING,
    /**
     * All bytes are accepted, but the content store has still to make them readable, or, for a
     * final upload, one content of those that it is read through.
     */
    COMPLETING,
    /** All bytes are accepted and can be read; they never change again. */
    COMPLETE,
    /** The content can no longer be what the client sent, and the upload cannot go on. */
    REJECTED,
    /** The client deleted it. */
    TERMINATED,
    /** It was not complete in time. */
    EXPIRED;

    /** Whether the upload answers as gone: its record stays for a while, its content does not. */
    public boolean gone() {
        return switch (this) {
            case RECEIVING, COMPLETING, COMPLETE -> false;
            case REJECTED, TERMINATED, EXPIRED -> true;
        };
    }
}
