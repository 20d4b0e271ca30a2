package io.longhaul.client;

import io.longhaul.client.internal.source.Sources;
import io.tus.java.client.TusUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * What an upload sends. Files and channels can be read again from any offset, so they survive the
 * end of this process; streams are read once and survive every failure but that one. Not for
 * implementing outside this library.
 */
public interface UploadSource {

    /** Opens a channel, each time a new one. */
    @FunctionalInterface
    interface ChannelSupplier {
        SeekableByteChannel open() throws IOException;
    }

    /**
     * A file. Its fingerprint is made of its absolute path, size, modification time, and a digest
     * of its first and last MiB.
     */
    static UploadSource file(Path file) {
        return Sources.file(file);
    }

    /**
     * Bytes that a channel gives.
     *
     * @param fingerprint names these bytes in the store: other bytes need another one
     * @param length bytes in all
     */
    static UploadSource channel(String fingerprint, long length, ChannelSupplier channels) {
        return Sources.channel(fingerprint, length, channels);
    }

    /**
     * A stream of unknown length, read once to its end and not closed. The bytes of one request are
     * kept in memory until they are acknowledged.
     */
    static UploadSource stream(InputStream stream) {
        return Sources.stream(stream);
    }

    /**
     * An upload of tus-java-client: its size, fingerprint and stream. The stream is read from its
     * beginning, and bytes that the server has are skipped.
     */
    static UploadSource of(TusUpload upload) {
        return Sources.of(upload);
    }
}
