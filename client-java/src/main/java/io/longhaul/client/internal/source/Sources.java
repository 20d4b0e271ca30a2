package io.longhaul.client.internal.source;

import io.longhaul.client.UploadSource;
import io.tus.java.client.TusUpload;
import java.io.InputStream;
import java.nio.file.Path;

/** Makes the sources that the public interface offers. */
public final class Sources {
    private Sources() {}

    public static UploadSource file(Path file) {
        return new Content() {};
    }

    public static UploadSource channel(
            String fingerprint, long length, UploadSource.ChannelSupplier channels) {
        return new Content() {};
    }

    public static UploadSource stream(InputStream stream) {
        return new Content() {};
    }

    public static UploadSource of(TusUpload upload) {
        return new Content() {};
    }
}
