package io.longhaul.server.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpDateTime;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.springframework.http.ETag;

/**
 * The validators of one content, and what a request's conditions say about them, in the order of
 * RFC 9110, section 13.2.2. Both validators are strong: complete content never changes.
 */
record Preconditions(ETag etag, Instant lastModified) {

    /**
     * Browsers and no one else may keep a copy, and ask each time: the content never changes, but
     * it can be terminated or its reader lose the right to it, and asking costs no byte of it.
     * Nobody on the way may compress it: the entity tag and the ranges are of these very bytes.
     */
    private static final HttpField CACHE_CONTROL =
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "private, no-cache, no-transform");

    enum Verdict {
        MET,
        NOT_MODIFIED,
        FAILED
    }

    static Preconditions of(DownloadedContent content) {
        return new Preconditions(
                new ETag(content.id().value(), false),
                content.lastModified().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Adds what a 200 and a 304 must both carry (RFC 9110, section 15.4.5). */
    void addValidators(HttpFields.Mutable headers) {
        headers.put(HttpHeader.ETAG, etag.formattedTag());
        headers.put(HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(lastModified));
        headers.put(CACHE_CONTROL);
    }

    Verdict judge(HttpFields headers) {
        if (!unchangedAsRequired(headers)) {
            return Verdict.FAILED;
        }
        return changedAsRequired(headers) ? Verdict.MET : Verdict.NOT_MODIFIED;
    }

    /** Steps 1 and 2: a date counts only when there is no tag. */
    private boolean unchangedAsRequired(HttpFields headers) {
        if (headers.contains(HttpHeader.IF_MATCH)) {
            return matches(headers, HttpHeader.IF_MATCH, true);
        }
        return date(headers, HttpHeader.IF_UNMODIFIED_SINCE)
                .map(date -> !lastModified.isAfter(date))
                .orElse(true);
    }

    /** Steps 3 and 4. */
    private boolean changedAsRequired(HttpFields headers) {
        if (headers.contains(HttpHeader.IF_NONE_MATCH)) {
            return !matches(headers, HttpHeader.IF_NONE_MATCH, false);
        }
        return date(headers, HttpHeader.IF_MODIFIED_SINCE).map(lastModified::isAfter).orElse(true);
    }

    /** Step 5: whether a Range header counts, which an If-Range that does not hold forbids. */
    boolean allowRanges(HttpFields headers) {
        List<String> lines = headers.getValuesList(HttpHeader.IF_RANGE);
        if (lines.isEmpty()) {
            return true;
        }
        if (lines.size() > 1) {
            return false;
        }
        String value = lines.getFirst().strip();
        return value.equals(etag.formattedTag())
                || date(headers, HttpHeader.IF_RANGE).filter(lastModified::equals).isPresent();
    }

    private boolean matches(HttpFields headers, HttpHeader name, boolean strong) {
        String list = String.join(",", headers.getValuesList(name));
        return list.strip().equals("*")
                || ETag.parse(list).stream()
                        .anyMatch(tag -> !tag.isWildcard() && tag.compare(etag, strong));
    }

    /** Empty when there is none, or several, or no valid one: such a condition is ignored. */
    private static Optional<Instant> date(HttpFields headers, HttpHeader name) {
        List<String> lines = headers.getValuesList(name);
        if (lines.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(HttpDateTime.parse(lines.getFirst()).toInstant());
        } catch (IllegalArgumentException _) { // not a date
            return Optional.empty();
        }
    }
}
