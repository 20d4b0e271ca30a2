package io.longhaul.client.testing;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.OptionalLong;

/** An upload of a {@link ScriptedServer}, in memory, and what was received for it. Thread-safe. */
public final class MemoryUpload {

    private final String path;
    private final Map<String, String> created;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private long length;
    private long holder;
    private long acknowledged;
    private long received;
    private long receivedAgain;

    /**
     * @param created the headers that it was created with
     * @param length -1 while it is deferred
     */
    MemoryUpload(String path, Map<String, String> created, long length) {
        this.path = path;
        this.created = created;
        this.length = length;
    }

    public String path() {
        return path;
    }

    /** A header of the request that created it, or an empty text. */
    public String createdWith(String header) {
        return created.getOrDefault(header, "");
    }

    public synchronized byte[] content() {
        return content.toByteArray();
    }

    public synchronized long offset() {
        return content.size();
    }

    public synchronized OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    public synchronized boolean isComplete() {
        return content.size() == length;
    }

    /** Bytes of all request bodies for it. */
    public synchronized long received() {
        return received;
    }

    /** Bytes that were sent although an answer had said already that they are here. */
    public synchronized long receivedAgain() {
        return receivedAgain;
    }

    synchronized void declareLength(long bytes) {
        if (length < 0) {
            length = bytes;
        }
    }

    /**
     * Makes whoever asks the holder, and gives its number: the one before cannot append any more.
     */
    synchronized long hold() {
        return ++holder;
    }

    /** Whether the bytes were added: only the holder may, and not beyond the length. */
    synchronized boolean append(long appender, byte[] bytes) {
        received += bytes.length;
        if (holder != appender || (length >= 0 && content.size() + bytes.length > length)) {
            return false;
        }
        content.writeBytes(bytes);
        return true;
    }

    /** Bytes came that are not to be added. */
    synchronized void refuse(long offset, long bytes) {
        received += bytes;
        receivedAgain += Math.max(0, Math.min(offset + bytes, acknowledged) - offset);
    }

    /** An answer with this offset has been sent. */
    synchronized void acknowledge(long offset) {
        acknowledged = Math.max(acknowledged, Math.min(offset, content.size()));
    }
}
