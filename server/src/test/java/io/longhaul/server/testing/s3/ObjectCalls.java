package io.longhaul.server.testing.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The calls on whole objects. Thread-safe. */
final class ObjectCalls {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private final FakeBucket bucket;
    private final S3Rules rules;

    ObjectCalls(FakeBucket bucket, S3Rules rules) {
        this.bucket = bucket;
        this.rules = rules;
    }

    S3Answer put(S3Request request) throws S3Failure {
        Conditions conditions = request.conditions();
        return S3Answer.etag(bucket.put(request.key(), request.body(), conditions));
    }

    S3Answer get(S3Request request) throws S3Failure {
        FakeObject object = bucket.get(request.key());
        String known = request.header("If-None-Match");
        if (known != null && Conditions.unquoted(known).equals(object.etag())) {
            return S3Answer.empty(304);
        }
        String wanted = request.header("If-Match");
        if (wanted != null && !Conditions.unquoted(wanted).equals(object.etag())) {
            throw S3Failure.preconditionFailed();
        }
        Map<String, String> headers = headers(object);
        Matcher range = range(request.header("Range"));
        if (range == null) {
            return new S3Answer(200, headers, object.range(0, object.length()));
        }
        long[] chosen = chosen(range, object.length());
        headers.put(
                "Content-Range",
                "bytes %d-%d/%d".formatted(chosen[0], chosen[1] - 1, object.length()));
        return new S3Answer(206, headers, object.range(chosen[0], chosen[1]));
    }

    S3Answer head(S3Request request) throws S3Failure {
        FakeObject object = bucket.get(request.key());
        Map<String, String> headers = headers(object);
        headers.put("Content-Length", Long.toString(object.length()));
        return new S3Answer(200, headers, new byte[0]);
    }

    private static Map<String, String> headers(FakeObject object) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", S3Answer.quoted(object));
        headers.put("Accept-Ranges", "bytes");
        headers.put(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.ofInstant(object.modified(), ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.SECONDS)));
        return headers;
    }

    private static @Nullable Matcher range(@Nullable String header) {
        Matcher range = RANGE.matcher(header == null ? "" : header);
        return range.matches() ? range : null;
    }

    /** The first byte, and the one behind the last. */
    static long[] chosen(Matcher range, long length) throws S3Failure {
        long first;
        long end = length;
        if (range.group(1).isEmpty()) {
            first = Math.max(0, length - Long.parseLong(range.group(2)));
        } else {
            first = Long.parseLong(range.group(1));
            if (!range.group(2).isEmpty()) {
                end = Math.min(length, Long.parseLong(range.group(2)) + 1);
            }
        }
        if (first >= end) {
            throw new S3Failure(416, "InvalidRange", range.group());
        }
        return new long[] {first, end};
    }

    S3Answer delete(S3Request request) throws S3Failure {
        bucket.delete(request.key(), request.conditions());
        return S3Answer.empty(204);
    }

    S3Answer deleteMany(S3Request request) throws S3Failure {
        S3Xml deleted = new S3Xml();
        for (Element object : S3Xml.elements(request.body(), "Object")) {
            String key = S3Xml.text(object, "Key");
            bucket.delete(key, Conditions.NONE);
            deleted.add("Deleted", new S3Xml().add("Key", key));
        }
        return S3Answer.xml(200, deleted.in("DeleteResult"));
    }

    /**
     * @param until what was written later is not shown
     */
    S3Answer list(S3Request request, Instant until) throws S3Failure {
        String prefix = request.parameter("prefix", "");
        String after =
                request.parameter("continuation-token", request.parameter("start-after", ""));
        int limit = Math.min(rules.page(), request.number("max-keys", rules.page()));
        NavigableMap<String, FakeObject> found = bucket.list(prefix, after, limit + 1, until);
        boolean more = found.size() > limit;
        if (more) {
            found.pollLastEntry();
        }
        S3Xml listed =
                new S3Xml()
                        .add("Prefix", prefix)
                        .add("KeyCount", found.size())
                        .add("MaxKeys", limit)
                        .add("IsTruncated", more);
        if (more) {
            listed.add("NextContinuationToken", found.lastKey());
        }
        found.forEach(
                (key, object) ->
                        listed.add(
                                "Contents",
                                new S3Xml()
                                        .add("Key", key)
                                        .add("LastModified", object.modified())
                                        .add("ETag", S3Answer.quoted(object))
                                        .add("Size", object.length())));
        return S3Answer.xml(200, listed.in("ListBucketResult"));
    }
}
