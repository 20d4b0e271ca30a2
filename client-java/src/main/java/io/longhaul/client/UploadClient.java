package io.longhaul.client;

import io.longhaul.client.internal.engine.ClientSettings;
import io.longhaul.client.internal.engine.UploadEngine;
import io.longhaul.client.internal.source.Content;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusURLStore;
import io.tus.java.client.TusUpload;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Uploads to one tus 1.0.0 endpoint, and goes on where it was after any failure:
 *
 * <pre>{@code
 * try (var client = UploadClient.builder(URI.create("https://example.org/files")).build()) {
 *     CompletedUpload done = client.upload(Path.of("holiday.mp4")).await();
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe; one client serves any number of uploads and keeps their
 * connections.
 */
public final class UploadClient implements AutoCloseable {

    private final UploadEngine engine;

    private UploadClient(ClientSettings settings) {
        this.engine = new UploadEngine(settings);
    }

    /**
     * Begins to build a client.
     *
     * @param endpoint the URL at which uploads are created: absolute, http or https
     * @throws IllegalArgumentException if it is not
     */
    public static Builder builder(URI endpoint) {
        return new Builder(endpoint);
    }

    /** Uploads a file; its name is sent as the metadata {@code filename}. */
    public Upload upload(Path file) {
        Path name = file.getFileName();
        return upload(file, name == null ? Map.of() : Map.of("filename", name.toString()));
    }

    /**
     * Uploads a file.
     *
     * @param metadata keys of ASCII without space or comma, and any values (tus 1.0.0,
     *     Upload-Metadata)
     */
    public Upload upload(Path file, Map<String, String> metadata) {
        return upload(UploadSource.file(file), metadata);
    }

    /** Uploads what tus-java-client describes, with its metadata. */
    public Upload upload(TusUpload upload) {
        Map<String, String> metadata = upload.getMetadata();
        return upload(UploadSource.of(upload), metadata == null ? Map.of() : metadata);
    }

    /** Uploads a stream of unknown length, to its end; it is not closed. */
    public Upload upload(InputStream stream, Map<String, String> metadata) {
        return upload(UploadSource.stream(stream), metadata);
    }

    /**
     * Uploads a source. Returns at once; the upload begins when its turn comes.
     *
     * @throws IllegalArgumentException if a key of the metadata is empty, has a space, a comma or a
     *     letter beyond ASCII, or if the source was not made by {@link UploadSource}
     * @throws IllegalStateException if this client is closed
     */
    public Upload upload(UploadSource source, Map<String, String> metadata) {
        if (!(source instanceof Content content)) {
            throw new IllegalArgumentException("not made by UploadSource: " + source);
        }
        return engine.start(content, metadata);
    }

    /**
     * Cancels the uploads that are not complete and frees the threads and connections that this
     * client has made. What the server has can be resumed by another client with the same store.
     */
    @Override
    public void close() {
        engine.close();
    }

    /** Settings of a client. Each has a default; not thread-safe. */
    public static final class Builder {

        private final URI endpoint;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final Set<URI> trusted = new LinkedHashSet<>();
        private Credentials credentials = Credentials.none();
        private TusURLStore store = new TusURLMemoryStore();
        private RetryPolicy retryPolicy = RetryPolicy.standard();
        private Duration stallTimeout = Duration.ofSeconds(30);
        private Checksums checksums = Checksums.OFF;
        private OptionalLong chunkSize = OptionalLong.empty();
        private int parallelism = 1;
        private int maxConcurrentUploads = 4;
        private boolean methodOverride;
        private Optional<HttpClient> httpClient = Optional.empty();
        private Optional<Executor> executor = Optional.empty();

        private Builder(URI endpoint) {
            String scheme = endpoint.getScheme();
            if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                throw new IllegalArgumentException(
                        "endpoint " + endpoint + " is not an absolute http or https URL");
            }
            this.endpoint = endpoint;
        }

        /** Headers that identify the client. Default: none. */
        public Builder credentials(Credentials credentials) {
            this.credentials = credentials;
            return this;
        }

        /** A header of every request, for the endpoint's origin and trusted ones only. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /**
         * Sends credentials and headers to the origin of this URL too, for servers whose uploads
         * live on another host than the endpoint. Without it another host gets neither.
         */
        public Builder trust(URI origin) {
            trusted.add(origin);
            return this;
        }

        /**
         * Remembers where uploads are, by the fingerprint of their source. With a {@link
         * FileUrlStore} an upload survives the end of this process. Default: memory. An exception
         * of the store ends the upload that needed it.
         */
        public Builder store(TusURLStore store) {
            this.store = store;
            return this;
        }

        /** Shorthand for a {@link FileUrlStore} in a directory, which is created if need be. */
        public Builder store(Path directory) {
            return store(new FileUrlStore(directory, endpoint));
        }

        /** How long trouble is waited out. Default: {@link RetryPolicy#standard()}. */
        public Builder retryPolicy(RetryPolicy policy) {
            this.retryPolicy = policy;
            return this;
        }

        /**
         * How long a request may go without a byte moving before it is given up and tried again.
         * Grows by itself for an upload whose server needs longer. Default: 30 seconds.
         */
        public Builder stallTimeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException(
                        "stall timeout " + timeout + ", must be positive");
            }
            this.stallTimeout = timeout;
            return this;
        }

        /** Whether requests carry the digest of their bytes. Default: {@link Checksums#OFF}. */
        public Builder checksums(Checksums checksums) {
            this.checksums = checksums;
            return this;
        }

        /**
         * The most bytes that one request carries, at least 1. Default: found out while sending, so
         * that a request takes about ten seconds and passes the limits of proxies; 8 MiB for
         * streams, whose requests are kept in memory.
         */
        public Builder chunkSize(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("chunk size " + bytes + ", must be at least 1");
            }
            this.chunkSize = OptionalLong.of(bytes);
            return this;
        }

        /**
         * Connections for one large file, which is then sent in as many pieces and put together by
         * the server (tus 1.0.0, Concatenation), where it offers that. From 1 to 64. Default: 1.
         */
        public Builder parallelism(int connections) {
            if (connections < 1 || connections > 64) {
                throw new IllegalArgumentException(
                        "parallelism " + connections + ", must be from 1 to 64");
            }
            this.parallelism = connections;
            return this;
        }

        /** Uploads that run at once; the others wait for their turn. At least 1. Default: 4. */
        public Builder maxConcurrentUploads(int uploads) {
            if (uploads < 1) {
                throw new IllegalArgumentException(
                        "max concurrent uploads " + uploads + ", must be at least 1");
            }
            this.maxConcurrentUploads = uploads;
            return this;
        }

        /**
         * Sends PATCH and DELETE as POST with {@code X-HTTP-Method-Override}, for networks that
         * drop other methods. Default: off.
         */
        public Builder methodOverride(boolean override) {
            this.methodOverride = override;
            return this;
        }

        /**
         * The HTTP client to use, for its proxy, TLS and connect timeout; the caller closes it. It
         * must not follow redirects: uploads follow them by themselves, keeping the method.
         *
         * @throws IllegalArgumentException if it follows redirects
         */
        public Builder httpClient(HttpClient client) {
            if (client.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException(
                        "the HTTP client follows redirects ("
                                + client.followRedirects()
                                + "), it must be built with NEVER");
            }
            this.httpClient = Optional.of(client);
            return this;
        }

        /**
         * Threads to run uploads on, one for each running upload and, with parallelism, one for
         * each connection. It must not bound its threads below that. Default: daemon threads.
         */
        public Builder executor(Executor executor) {
            this.executor = Optional.of(executor);
            return this;
        }

        /** A client with these settings. */
        public UploadClient build() {
            return new UploadClient(
                    new ClientSettings(
                            endpoint,
                            Map.copyOf(headers),
                            Set.copyOf(trusted),
                            credentials,
                            store,
                            retryPolicy,
                            stallTimeout,
                            checksums,
                            chunkSize,
                            parallelism,
                            maxConcurrentUploads,
                            methodOverride,
                            httpClient,
                            executor));
        }
    }
}
