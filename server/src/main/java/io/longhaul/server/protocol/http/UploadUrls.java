package io.longhaul.server.protocol.http;

import io.longhaul.server.core.upload.UploadId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of uploads: made for clients, and understood when clients name them. They are relative
 * to the origin unless a public URL is set, so they are right behind any proxy that keeps the path.
 */
public final class UploadUrls {

    /** The path to upload to. */
    public static final String PATH = "/files";

    private final String base;
    private final @Nullable URI publicUrl;

    /**
     * @param publicUrl where clients find this server; null when they find it where they connect
     */
    public UploadUrls(@Nullable URI publicUrl) {
        this.publicUrl = publicUrl;
        base = (publicUrl == null ? "" : publicUrl.toString().replaceAll("/+$", "")) + PATH + "/";
    }

    /** The {@code Location} of an upload. */
    public String location(UploadId id) {
        return base + id;
    }

    /** Whether a path is the collection's or one below it. */
    public static boolean covers(String path) {
        return path.startsWith(PATH)
                && (path.length() == PATH.length() || path.charAt(PATH.length()) == '/');
    }

    /** Whether a path is that of the collection, where uploads are created. */
    public static boolean isCollection(String path) {
        return path.equals(PATH) || path.equals(PATH + "/");
    }

    /** The upload that a request's path names; empty when no upload can have that path. */
    public static Optional<UploadId> upload(String path) {
        return path.startsWith(PATH + "/")
                ? UploadId.parse(path.substring(PATH.length() + 1))
                : Optional.empty();
    }

    /**
     * The upload that a URL names in a header: relative, or absolute with the public URL's or the
     * request's own host. Empty for anything else.
     *
     * @param authority the host and port of the request
     */
    public Optional<UploadId> named(String url, String authority) {
        try {
            URI uri = new URI(url);
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (!plain || uri.isOpaque() || uri.getRawPath() == null) {
                return Optional.empty();
            }
            return ours(uri, authority) ? upload(below(uri.getRawPath())) : Optional.empty();
        } catch (URISyntaxException _) { // then it names no upload of ours
            return Optional.empty();
        }
    }

    private boolean ours(URI uri, String authority) {
        String theirs = uri.getRawAuthority();
        if (theirs == null) { // not named, unless an empty one is
            return !uri.getRawSchemeSpecificPart().startsWith("//");
        }
        return theirs.equalsIgnoreCase(authority)
                || (publicUrl != null && theirs.equalsIgnoreCase(publicUrl.getRawAuthority()));
    }

    /** The path without what the public URL puts in front of it. */
    private String below(String path) {
        String prefix = publicUrl == null ? "" : publicUrl.getRawPath().replaceAll("/+$", "");
        return !prefix.isEmpty() && path.startsWith(prefix + "/")
                ? path.substring(prefix.length())
                : path;
    }
}
