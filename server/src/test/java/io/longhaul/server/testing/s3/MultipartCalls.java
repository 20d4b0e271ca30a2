package io.longhaul.server.testing.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The calls on multipart uploads. Thread-safe. */
final class MultipartCalls {

    private static final Pattern COPIED = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final FakeBucket bucket;
    private final S3Rules rules;

    MultipartCalls(FakeBucket bucket, S3Rules rules) {
        this.bucket = bucket;
        this.rules = rules;
    }

    S3Answer create(S3Request request) {
        FakeMultipart begun = bucket.begin(request.key());
        return S3Answer.xml(
                200,
                new S3Xml()
                        .add("Bucket", request.call().bucket())
                        .add("Key", begun.key())
                        .add("UploadId", begun.id())
                        .in("InitiateMultipartUploadResult"));
    }

    private FakeMultipart multipart(S3Request request) throws S3Failure {
        return bucket.multipart(request.key(), request.parameter("uploadId"));
    }

    S3Answer uploadPart(S3Request request) throws S3Failure {
        FakeMultipart multipart = multipart(request);
        FakeObject part = FakeObject.of(request.body());
        multipart.put(request.number("partNumber", 0), part);
        return S3Answer.etag(part);
    }

    S3Answer copyPart(S3Request request) throws S3Failure {
        FakeMultipart multipart = multipart(request);
        FakeObject part = FakeObject.of(copied(request));
        multipart.put(request.number("partNumber", 0), part);
        return S3Answer.xml(
                200,
                new S3Xml()
                        .add("ETag", S3Answer.quoted(part))
                        .add("LastModified", part.modified())
                        .in("CopyPartResult"));
    }

    private byte[] copied(S3Request request) throws S3Failure {
        @Nullable String source = request.header("x-amz-copy-source");
        String path = URLDecoder.decode(String.valueOf(source), StandardCharsets.UTF_8);
        String key = path.replaceFirst("^/?" + Pattern.quote(request.call().bucket()) + "/", "");
        FakeObject object = bucket.get(key);
        @Nullable String header = request.header("x-amz-copy-source-range");
        if (header == null) {
            return object.range(0, object.length());
        }
        if (object.length() <= rules.leastPart()) {
            throw new S3Failure(400, "InvalidRequest", "a range of an object that is too small");
        }
        Matcher range = COPIED.matcher(header);
        if (!range.matches() || Long.parseLong(range.group(2)) >= object.length()) {
            throw new S3Failure(400, "InvalidArgument", header);
        }
        long[] chosen = ObjectCalls.chosen(range, object.length());
        return object.range(chosen[0], chosen[1]);
    }

    S3Answer complete(S3Request request) throws S3Failure {
        Conditions conditions = request.conditions();
        FakeMultipart multipart = multipart(request);
        List<FakeMultipart.Named> named = new ArrayList<>();
        for (Element part : S3Xml.elements(request.body(), "Part")) {
            named.add(
                    new FakeMultipart.Named(
                            Integer.parseInt(S3Xml.text(part, "PartNumber")),
                            S3Xml.text(part, "ETag")));
        }
        FakeObject object = bucket.complete(multipart, named, conditions);
        return S3Answer.xml(
                200,
                new S3Xml()
                        .add("Bucket", request.call().bucket())
                        .add("Key", request.key())
                        .add("ETag", S3Answer.quoted(object))
                        .in("CompleteMultipartUploadResult"));
    }

    S3Answer abort(S3Request request) throws S3Failure {
        bucket.end(multipart(request));
        return S3Answer.empty(204);
    }

    S3Answer listParts(S3Request request) throws S3Failure {
        FakeMultipart multipart = multipart(request);
        int limit = Math.min(rules.page(), request.number("max-parts", rules.page()));
        NavigableMap<Integer, FakeObject> parts =
                multipart.partsBehind(request.number("part-number-marker", 0));
        boolean more = parts.size() > limit;
        while (parts.size() > limit) {
            parts.pollLastEntry();
        }
        S3Xml listed =
                new S3Xml()
                        .add("Bucket", request.call().bucket())
                        .add("Key", request.key())
                        .add("UploadId", multipart.id())
                        .add("MaxParts", limit)
                        .add("IsTruncated", more);
        if (more) {
            listed.add("NextPartNumberMarker", parts.lastKey());
        }
        parts.forEach(
                (number, part) ->
                        listed.add(
                                "Part",
                                new S3Xml()
                                        .add("PartNumber", number)
                                        .add("LastModified", part.modified())
                                        .add("ETag", S3Answer.quoted(part))
                                        .add("Size", part.length())));
        return S3Answer.xml(200, listed.in("ListPartsResult"));
    }

    /** All of them at once, whatever the page. */
    S3Answer list(S3Request request) {
        String prefix = request.parameter("prefix", "");
        S3Xml listed = new S3Xml().add("Bucket", request.call().bucket()).add("IsTruncated", false);
        bucket.multiparts().stream()
                .filter(each -> each.key().startsWith(prefix))
                .forEach(
                        each ->
                                listed.add(
                                        "Upload",
                                        new S3Xml()
                                                .add("Key", each.key())
                                                .add("UploadId", each.id())
                                                .add("Initiated", each.initiated())));
        return S3Answer.xml(200, listed.in("ListMultipartUploadsResult"));
    }
}
