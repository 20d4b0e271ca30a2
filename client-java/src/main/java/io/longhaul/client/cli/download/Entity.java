package io.longhaul.client.cli.download;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is being downloaded, as the server names it.
 *
 * @param etag a strong validator (RFC 9110, 8.8.3), without which nothing can be continued
 * @param length bytes in all; empty when the server does not say
 */
public record Entity(Optional<String> etag, OptionalLong length) {

    private static final Pattern STRONG = Pattern.compile("\"[!#-~\u0080-\u00ff]*\"");
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    /** Nothing is known. */
    static Entity unknown() {
        return new Entity(Optional.empty(), OptionalLong.empty());
    }

    /** That of an answer with the whole content. */
    static Entity whole(HttpHeaders headers) {
        return new Entity(etag(headers), headers.firstValueAsLong("Content-Length"));
    }

    static Optional<String> etag(HttpHeaders headers) {
        return headers.firstValue("ETag").filter(text -> STRONG.matcher(text).matches());
    }

    /** Whether an answer with a range is the rest of this, from a position to its end. */
    boolean isContinuedBy(HttpHeaders headers, long position) {
        Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != position) {
            return false;
        }
        long total = Long.parseLong(range.group(2));
        boolean sameLength = length.isEmpty() || length.getAsLong() == total;
        Optional<String> other = headers.firstValue("ETag");
        return sameLength && (other.isEmpty() || other.equals(etag));
    }
}
