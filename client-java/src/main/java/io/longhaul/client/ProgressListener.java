package io.longhaul.client;

/**
 * Is told how far an upload is: at most about ten times a second, at every change of state, and at
 * the end. Calls for one upload come one after the other, on a thread of the client, which waits
 * for them. What a listener throws is ignored: it cannot harm the upload.
 */
@FunctionalInterface
public interface ProgressListener {
    void progressed(UploadProgress progress);
}
