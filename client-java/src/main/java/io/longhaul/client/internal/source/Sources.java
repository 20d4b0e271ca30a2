package io.longhaul.client.internal.source;

import io.longhaul.client.UploadSource;
import io.tus.java.client.TusUpload;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the sources that the public interface offers. */
public final class Sources {

    private Sources() {}

    public static UploadSource file(Path file) {
        return new FileContent(file);
    }

    public static UploadSource channel(
            String fingerprint, long length, UploadSource.ChannelSupplier channels) {
        return new ChannelContent(fingerprint, length, channels);
    }

    public static UploadSource stream(InputStream stream) {
        return new StreamContent(stream, OptionalLong.empty(), Optional.empty(), false);
    }

    /**
     * What tus-java-client describes.
     *
     * @throws IllegalArgumentException if the upload has no stream
     */
    public static UploadSource of(TusUpload upload) {
        InputStream stream = upload.getInputStream();
        if (stream == null) {
            throw new IllegalArgumentException("the TusUpload has no input stream");
        }
        return new StreamContent(
                stream,
                OptionalLong.of(upload.getSize()),
                Optional.ofNullable(upload.getFingerprint()),
                true);
    }
}
