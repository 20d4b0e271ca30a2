package io.longhaul.client;

import io.longhaul.client.internal.store.StoreDirectory;
import io.tus.java.client.TusURLStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Remembers uploads in a directory, one file for each: they survive the end of the process, a crash
 * at any moment, and other processes that use the same directory at the same time. Files are
 * readable by their owner only, because who knows an upload's URL may write to it. A file that is
 * damaged counts as none: its upload starts again. Methods throw {@link UncheckedIOException}.
 * Thread-safe.
 */
public final class FileUrlStore implements TusURLStore {

    private final StoreDirectory directory;
    private final URI endpoint;
    private final InstantSource clock;
    private final AtomicBoolean clean = new AtomicBoolean();

    /** Held while a source is being uploaded, so that no other process uploads it too. */
    public interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A store of the uploads to one endpoint. The same directory may serve any number of them.
     *
     * @param directory made when it is needed first, for its owner only
     */
    public FileUrlStore(Path directory, URI endpoint) {
        this(directory, endpoint, InstantSource.system());
    }

    FileUrlStore(Path directory, URI endpoint, InstantSource clock) {
        this.directory = new StoreDirectory(directory);
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /**
     * All uploads that a directory remembers, to any endpoint, oldest first. Damaged files and
     * those of other programs are left out.
     */
    public static List<StoredUpload> uploads(Path directory) {
        try {
            return new StoreDirectory(directory)
                    .readAll().stream()
                            .sorted(
                                    Comparator.comparing(StoredUpload::stored)
                                            .thenComparing(StoredUpload::fingerprint))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Remembers an upload, with the notes that were there before, if any. */
    @Override
    public void set(String fingerprint, URL url) {
        replace(fingerprint, url, null);
    }

    /**
     * Remembers an upload together with notes about it, for example the path of its file. Durable
     * when this returns. When two write the same one at once, the later wins.
     *
     * @throws IllegalArgumentException if the URL is no URI (RFC 2396), or the notes are over 1 MiB
     */
    public void set(String fingerprint, URL url, Map<String, String> notes) {
        replace(fingerprint, url, notes);
    }

    /** Where an upload is; null if it is not remembered, or its file is damaged. */
    @Override
    public @Nullable URL get(String fingerprint) {
        try {
            Optional<StoredUpload> stored = directory.read(endpoint, fingerprint);
            return stored.isPresent() ? stored.get().url().toURL() : null;
        } catch (MalformedURLException | IllegalArgumentException foreign) {
            // No URL that this Java can open: as good as none.
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(String fingerprint) {
        try {
            directory.remove(endpoint, fingerprint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Claims a source for this process, until the claim is closed or the process ends in any way.
     *
     * @return empty when it is claimed already, here or by another process
     */
    public Optional<Claim> claim(String fingerprint) {
        try {
            return directory.claim(endpoint, fingerprint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(String fingerprint, URL url, @Nullable Map<String, String> notes) {
        try {
            URI uri = url.toURI();
            if (clean.compareAndSet(false, true)) {
                directory.clean(clock.instant());
            }
            Optional<StoredUpload> earlier = directory.read(endpoint, fingerprint);
            Instant stored = earlier.map(StoredUpload::stored).orElseGet(clock::instant);
            Map<String, String> kept = earlier.map(StoredUpload::notes).orElse(Map.of());
            Map<String, String> all = notes == null ? kept : notes;
            directory.write(new StoredUpload(endpoint, fingerprint, uri, stored, all));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
