package io.longhaul.server.s3;

import io.longhaul.server.core.content.StoreUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
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
    private final S3Multiparts multiparts;

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
        multiparts = new S3Multiparts(address, patient, bulk, once);
    }

    /** Reads a small object whole, within a minute; empty when there is none. */
    public Optional<S3Object> get(String key) throws IOException {
        Optional<ResponseBytes<GetObjectResponse>> found =
                S3Calls.found(
                        () ->
                                patient.getObjectAsBytes(
                                        request ->
                                                request.bucket(address.bucket())
                                                        .key(address.full(key))));
        return found.map(
                answer ->
                        new S3Object(
                                answer.asByteArrayUnsafe(),
                                S3Calls.unquoted(answer.response().eTag())));
    }

    /**
     * Opens a range of an object; empty when there is none. A range that is not there is refused.
     * To close it before its end breaks the connection.
     *
     * @param count more than zero
     */
    public Optional<InputStream> open(String key, long position, long count) throws IOException {
        String range = new S3Range(position, count).header();
        return S3Calls.found(
                        () ->
                                patient.getObject(
                                        request ->
                                                request.bucket(address.bucket())
                                                        .key(address.full(key))
                                                        .range(range)))
                .map(bytes -> new S3Download(bytes, count));
    }

    /** The length of an object in bytes; empty when there is none. */
    public Optional<Long> length(String key) throws IOException {
        return S3Calls.found(
                () ->
                        patient.headObject(
                                        request ->
                                                request.bucket(address.bucket())
                                                        .key(address.full(key)))
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
                        S3Calls.unquoted(
                                once.putObject(put(key, condition), RequestBody.fromBytes(bytes))
                                        .eTag()));
    }

    private PutObjectRequest put(String key, S3Condition condition) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(address.bucket()).key(address.full(key));
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
                                request -> request.bucket(address.bucket()).key(address.full(key)),
                                BodyStreams.request(body)));
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
                () ->
                        patient.deleteObject(
                                request ->
                                        request.bucket(address.bucket()).key(address.full(key))));
    }

    /**
     * Deletes an object if it is still the one with this ETag, as far as the store heeds that: some
     * delete it all the same.
     */
    public void delete(String key, String etag) throws IOException {
        S3Calls.found(
                () ->
                        patient.deleteObject(
                                request ->
                                        request.bucket(address.bucket())
                                                .key(address.full(key))
                                                .ifMatch(etag)));
    }

    private void deleteSome(List<String> keys) throws IOException {
        List<ObjectIdentifier> objects =
                keys.stream()
                        .map(key -> ObjectIdentifier.builder().key(address.full(key)).build())
                        .toList();
        var answer =
                S3Calls.made(
                        () ->
                                patient.deleteObjects(
                                        request ->
                                                request.bucket(address.bucket())
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
                                                request.bucket(address.bucket())
                                                        .prefix(address.full(prefix))
                                                        .startAfter(
                                                                after.isEmpty()
                                                                        ? null
                                                                        : address.full(after))
                                                        .maxKeys(limit)));
        return new S3Page(
                answer.contents().stream()
                        .map(
                                each ->
                                        new S3Entry(
                                                address.own(each.key()),
                                                S3Calls.unquoted(each.eTag()),
                                                each.lastModified(),
                                                each.size()))
                        .toList(),
                Boolean.TRUE.equals(answer.isTruncated()));
    }

    /** The calls on its multipart uploads. */
    public S3Multiparts multiparts() {
        return multiparts;
    }

    /** For calls that only the check of a store makes. */
    public S3Raw raw() {
        return new S3Raw(once, address.bucket(), address.prefix());
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
