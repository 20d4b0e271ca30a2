package io.longhaul.client.internal.source;

import io.longhaul.client.SourceChangedException;
import io.longhaul.client.UploadSource.ChannelSupplier;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.Optional;

/** Bytes that a channel gives. */
final class ChannelContent implements Content {

    private final String fingerprint;
    private final long length;
    private final ChannelSupplier channels;

    ChannelContent(String fingerprint, long length, ChannelSupplier channels) {
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + ", must not be negative");
        }
        this.fingerprint = fingerprint;
        this.length = length;
        this.channels = channels;
    }

    @Override
    public Optional<String> fingerprint() {
        return Optional.of(fingerprint);
    }

    @Override
    public Map<String, String> notes() {
        return Map.of();
    }

    @Override
    public OpenContent open(boolean mapped) throws IOException {
        SeekableByteChannel channel = channels.open();
        return new SeekableContent(channel, length, () -> checkLength(channel), mapped);
    }

    @Override
    public void release() {
        // Each channel was closed by the one that used it.
    }

    @Override
    public String toString() {
        return fingerprint;
    }

    private long checkLength(SeekableByteChannel channel) throws IOException {
        if (channel.size() != length) {
            throw new SourceChangedException(
                    "the channel of "
                            + fingerprint
                            + " has "
                            + channel.size()
                            + " bytes, the upload was begun with "
                            + length);
        }
        return length;
    }
}
