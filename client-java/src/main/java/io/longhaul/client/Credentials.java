package io.longhaul.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Gives the headers that identify the client, for example {@code Authorization}. Asked for every
 * request, on the thread that sends it: keep what is expensive to get. Credentials go to the origin
 * of the endpoint only, and to those named to {@link UploadClient.Builder#trust(URI)}. Must be
 * thread-safe.
 */
@FunctionalInterface
public interface Credentials {

    /**
     * Headers for a request.
     *
     * @param target where the request goes
     * @param refused whether the ones given last were answered by 401 or 403: get fresh ones
     * @return names and values; empty for none
     */
    Map<String, String> headers(URI target, boolean refused);

    /** No credentials. */
    static Credentials none() {
        return (target, refused) -> Map.of();
    }

    /** A bearer token (RFC 6750), asked for before each request. */
    static Credentials bearer(Supplier<String> token) {
        return (target, refused) -> Map.of("Authorization", "Bearer " + token.get());
    }

    /** A name and a password (RFC 7617). */
    static Credentials basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        String value = "Basic " + Base64.getEncoder().encodeToString(pair);
        return (target, refused) -> Map.of("Authorization", value);
    }
}
