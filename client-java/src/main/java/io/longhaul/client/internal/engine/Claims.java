package io.longhaul.client.internal.engine;

import io.longhaul.client.FileUrlStore;
import io.longhaul.client.UploadBusyException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sees to it that a source is uploaded by one upload at a time. */
final class Claims {

    private final Set<String> mine;
    private final ClientSettings settings;
    private @Nullable String claimed;
    private Optional<FileUrlStore.Claim> stored = Optional.empty();

    /**
     * @param mine what the uploads of this client have claimed
     */
    Claims(Set<String> mine, ClientSettings settings) {
        this.mine = mine;
        this.settings = settings;
    }

    /**
     * @throws UploadBusyException if another upload has it
     */
    synchronized void claim(String fingerprint, Object source) {
        if (claimed != null) {
            return;
        }
        if (!mine.add(fingerprint)) {
            throw new UploadBusyException(source + " is being uploaded by this client already");
        }
        claimed = fingerprint;
        if (settings.store() instanceof FileUrlStore files) {
            stored = files.claim(fingerprint);
            if (stored.isEmpty()) {
                close();
                throw new UploadBusyException(
                        source + " is being uploaded by another process already");
            }
        }
    }

    synchronized void close() {
        stored.ifPresent(FileUrlStore.Claim::close);
        stored = Optional.empty();
        if (claimed != null) {
            mine.remove(claimed);
            claimed = null;
        }
    }
}
