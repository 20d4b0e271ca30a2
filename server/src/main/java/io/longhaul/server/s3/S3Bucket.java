package io.longhaul.server.s3;

import io.longhaul.server.core.content.StoreUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * A bucket, or what lies below a prefix in it. Every call ends within two minutes; it throws {@link
 * S3RefusedException} when the store says no, and {@link StoreUnavailableException} when it is busy
 * or does not answer: what a call was to write may be there then, or even come later. Thread-safe.
 */
public final class S3Bucket implements Closeable {

    /** How many keys one call can delete. */
    private static final int MOST_DELETED = 1_000;

    private final S3Address address;
    private final SdkHttpClient http;
    private final S3Client patient;
    private final S3Client bulk;
    private final S3Client once;

    public S3Bucket(S3Address address) {
        this(address, S3Clients.http());
    }

    /** The same with another client of HTTP, which is closed with it. */
    public S3Bucket(S3Address address, SdkHttpClient http) {
        this.address = address;
        this.http = http;
        patient = S3Clients.patient(address, http);
        bulk = S3Clients.bulk(address, http);
        once = S3Clients.once(address, http);
    }

    /** Reads a small object whole, within a minute; empty when there is none. */
    public Optional<S3Object> get(String key) throws IOException {
        Optional<ResponseBytes<GetObjectResponse>> found =
                S3Calls.found(
                        () ->
                                patient.getObjectAsBytes(
                                        request -> request.bucket(bucket()).key(full(key))));
        return found.map(
                answer ->
                        new S3Object(
                                answer.asByteArrayUnsafe(), unquoted(answer.response().eTag())));
    }

    /**
     * Opens a range of an object; empty when there is none. A range that is not there is refused.
     * To close it before its end breaks the connection.
     *
     * @param count more than zero
     */
    public Optional<InputStream> open(String key, long position, long count) throws IOException {
        String range = "bytes=%d-%d".formatted(position, Math.addExact(position, count) - 1);
        return S3Calls.found(
                        () ->
                                patient.getObject(
                                        request ->
                                                request.bucket(bucket())
                                                        .key(full(key))
                                                        .range(range)))
                .map(bytes -> new S3Download(bytes, count));
    }

    /** The length of an object in bytes; empty when there is none. */
    public Optional<Long> length(String key) throws IOException {
        return S3Calls.found(
                () ->
                        patient.headObject(request -> request.bucket(bucket()).key(full(key)))
                                .contentLength());
    }

    /**
     * Writes an object, once: no failure is followed by another try, but for that of a clock which
     * the SDK has set right by then.
     *
     * @return its ETag
     */
    public String put(String key, byte[] bytes, S3Condition condition) throws IOException {
        try {
            return putOnce(key, bytes, condition);
        } catch (S3RefusedException e) {
            if (e.code().equals("RequestTimeTooSkewed")) {
                return putOnce(key, bytes, condition);
            }
            throw e;
        }
    }

    private String putOnce(String key, byte[] bytes, S3Condition condition) throws IOException {
        return S3Calls.made(
                () ->
                        unquoted(
                                once.putObject(put(key, condition), RequestBody.fromBytes(bytes))
                                        .eTag()));
    }

    private PutObjectRequest put(String key, S3Condition condition) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket()).key(full(key));
        switch (condition) {
            case S3Condition.None _ -> {}
            case S3Condition.Absent _ -> request.ifNoneMatch("*");
            // Some stores compare it with the quotes, and find it different.
            case S3Condition.Unchanged unchanged -> request.ifMatch(unchanged.etag());
        }
        return request.build();
    }

    /** Writes an object of a key that nobody else writes, so that it can be tried again. */
    public void put(String key, S3Body body) throws IOException {
        S3Calls.made(
                () ->
                        bulk.putObject(
                                request -> request.bucket(bucket()).key(full(key)),
                                requestBody(body)));
    }

    /** Deletes objects, whether they are there or not. */
    public void delete(List<String> keys) throws IOException {
        for (int from = 0; from < keys.size(); from += MOST_DELETED) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + MOST_DELETED));
            if (some.size() == 1) {
                deleteOne(some.getFirst());
            } else {
                deleteSome(some);
            }
        }
    }

    private void deleteOne(String key) throws IOException {
        S3Calls.found(
                () -> patient.deleteObject(request -> request.bucket(bucket()).key(full(key))));
    }

    /**
     * Deletes an object if it is still the one with this ETag, as far as the store heeds that: some
     * delete it all the same.
     */
    public void delete(String key, String etag) throws IOException {
        S3Calls.found(
                () ->
                        patient.deleteObject(
                                request -> request.bucket(bucket()).key(full(key)).ifMatch(etag)));
    }

    private void deleteSome(List<String> keys) throws IOException {
        List<ObjectIdentifier> objects =
                keys.stream()
                        .map(key -> ObjectIdentifier.builder().key(full(key)).build())
                        .toList();
        var answer =
                S3Calls.made(
                        () ->
                                patient.deleteObjects(
                                        request ->
                                                request.bucket(bucket())
                                                        .delete(
                                                                each ->
                                                                        each.objects(objects)
                                                                                .quiet(true))));
        if (answer.hasErrors()) {
            throw new IOException(
                    "the S3 store did not delete %d of %d objects: %s"
                            .formatted(
                                    answer.errors().size(),
                                    keys.size(),
                                    answer.errors().getFirst().code()));
        }
    }

    /**
     * The objects below a prefix, in the order of their keys.
     *
     * @param after only keys behind this one; empty for all
     * @param limit how many at most; a store gives at most 1,000 at once
     */
    public S3Page list(String prefix, String after, int limit) throws IOException {
        ListObjectsV2Response answer =
                S3Calls.made(
                        () ->
                                patient.listObjectsV2(
                                        request ->
                                                request.bucket(bucket())
                                                        .prefix(full(prefix))
                                                        .startAfter(
                                                                after.isEmpty()
                                                                        ? null
                                                                        : full(after))
                                                        .maxKeys(limit)));
        return new S3Page(
                answer.contents().stream()
                        .map(each -> new S3Entry(own(each.key()), each.lastModified(), each.size()))
                        .toList(),
                Boolean.TRUE.equals(answer.isTruncated()));
    }

    /** All multipart uploads under way below a prefix. */
    public List<S3Multipart> multiparts(String prefix) throws IOException {
        List<S3Multipart> found = new ArrayList<>();
        ListMultipartUploadsResponse page = multiparts(prefix, null);
        while (true) {
            page.uploads()
                    .forEach(
                            each ->
                                    found.add(
                                            new S3Multipart(
                                                    own(each.key()),
                                                    each.uploadId(),
                                                    each.initiated())));
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return found;
            }
            page = multiparts(prefix, page);
        }
    }

    private ListMultipartUploadsResponse multiparts(
            String prefix, @Nullable ListMultipartUploadsResponse before) throws IOException {
        return S3Calls.made(
                () ->
                        patient.listMultipartUploads(
                                request -> {
                                    request.bucket(bucket()).prefix(full(prefix));
                                    if (before != null) {
                                        request.keyMarker(before.nextKeyMarker())
                                                .uploadIdMarker(before.nextUploadIdMarker());
                                    }
                                }));
    }

    /**
     * Starts a multipart upload.
     *
     * @return its id
     */
    public String createMultipart(String key) throws IOException {
        return S3Calls.made(
                () ->
                        patient.createMultipartUpload(
                                        request -> request.bucket(bucket()).key(full(key)))
                                .uploadId());
    }

    /**
     * Uploads a part, over an earlier one of the same number.
     *
     * @param number from 1 on
     * @return its ETag
     */
    public String uploadPart(String key, String uploadId, int number, S3Body body)
            throws IOException {
        return S3Calls.made(
                () ->
                        unquoted(
                                bulk.uploadPart(
                                                request ->
                                                        request.bucket(bucket())
                                                                .key(full(key))
                                                                .uploadId(uploadId)
                                                                .partNumber(number),
                                                requestBody(body))
                                        .eTag()));
    }

    /**
     * Makes one object of the parts of a multipart upload, in one try: it may have been made when
     * this fails.
     *
     * @param etags of the parts from number 1 on, all there are
     */
    public void completeMultipart(String key, String uploadId, List<String> etags)
            throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        for (String etag : etags) {
            parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(etag).build());
        }
        S3Calls.made(
                () ->
                        once.completeMultipartUpload(
                                request ->
                                        request.bucket(bucket())
                                                .key(full(key))
                                                .uploadId(uploadId)
                                                .multipartUpload(each -> each.parts(parts))
                                                .overrideConfiguration(S3Clients::slow)));
    }

    /** Ends a multipart upload and deletes its parts; does nothing when there is none. */
    public void abortMultipart(String key, String uploadId) throws IOException {
        S3Calls.found(
                () ->
                        patient.abortMultipartUpload(
                                request ->
                                        request.bucket(bucket())
                                                .key(full(key))
                                                .uploadId(uploadId)));
    }

    /** For calls that only the check of a store makes. */
    public S3Raw raw() {
        return new S3Raw(once, address.bucket(), address.prefix());
    }

    private static RequestBody requestBody(S3Body body) {
        return RequestBody.fromContentProvider(
                new BodyStreams(body), body.length(), "application/octet-stream");
    }

    private String bucket() {
        return address.bucket();
    }

    private String full(String key) {
        return address.prefix() + key;
    }

    private String own(String key) {
        return key.substring(address.prefix().length());
    }

    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    /** For messages: where the bucket is. */
    @Override
    public String toString() {
        return address.toString();
    }

    @Override
    public void close() {
        patient.close();
        bulk.close();
        once.close();
        http.close();
    }
}
