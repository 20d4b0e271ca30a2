package io.longhaul.server.protocol.http;

import io.longhaul.server.core.service.UploadBody;
import java.util.List;

/** A request as a protocol sees it. Used by one thread. */
public interface HttpRequest {

    /** The method to act on, in upper case. */
    String method();

    /** The path as sent: not decoded, not normalised, without query. */
    String path();

    /** The host and port that the client addressed, as it wrote them; empty when unknown. */
    String authority();

    /** The values of all header lines of that name, in order, without white space around them. */
    List<String> headers(String name);

    /** The same for trailer lines; empty before the body has ended. */
    List<String> trailers(String name);

    /** The body; nothing of it is read, nor asked of the client, before its first use. */
    UploadBody body();
}
