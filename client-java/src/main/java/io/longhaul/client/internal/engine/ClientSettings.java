package io.longhaul.client.internal.engine;

import io.longhaul.client.Checksums;
import io.longhaul.client.Credentials;
import io.longhaul.client.RetryPolicy;
import io.tus.java.client.TusURLStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;

/** What the builder of a client collects, checked there. */
public record ClientSettings(
        URI endpoint,
        Map<String, String> headers,
        Set<URI> trusted,
        Credentials credentials,
        TusURLStore store,
        RetryPolicy retryPolicy,
        Duration stallTimeout,
        Checksums checksums,
        OptionalLong chunkSize,
        int parallelism,
        int maxConcurrentUploads,
        boolean methodOverride,
        Optional<HttpClient> httpClient,
        Optional<Executor> executor) {}
