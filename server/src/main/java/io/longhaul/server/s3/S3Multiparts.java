package io.longhaul.server.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;

/** The calls on multipart uploads of an {@link S3Bucket}, which end and fail as its own do. */
public final class S3Multiparts {

    private final S3Address address;
    private final S3Client patient;
    private final S3Client bulk;
    private final S3Client once;

    /**
     * @param patient for small calls that may be made again
     * @param bulk for large ones
     * @param once for those that may not be made again
     */
    S3Multiparts(S3Address address, S3Client patient, S3Client bulk, S3Client once) {
        this.address = address;
        this.patient = patient;
        this.bulk = bulk;
        this.once = once;
    }

    /** All that are under way below a prefix. */
    public List<S3Multipart> list(String prefix) throws IOException {
        List<S3Multipart> found = new ArrayList<>();
        ListMultipartUploadsResponse page = page(prefix, null);
        while (true) {
            page.uploads()
                    .forEach(
                            each ->
                                    found.add(
                                            new S3Multipart(
                                                    address.own(each.key()),
                                                    each.uploadId(),
                                                    each.initiated())));
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return found;
            }
            page = page(prefix, page);
        }
    }

    private ListMultipartUploadsResponse page(
            String prefix, @Nullable ListMultipartUploadsResponse before) throws IOException {
        return S3Calls.made(
                () ->
                        patient.listMultipartUploads(
                                request -> {
                                    request.bucket(address.bucket()).prefix(address.full(prefix));
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
    public String create(String key) throws IOException {
        return S3Calls.made(
                () ->
                        patient.createMultipartUpload(
                                        request ->
                                                request.bucket(address.bucket())
                                                        .key(address.full(key)))
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
                        S3Calls.unquoted(
                                bulk.uploadPart(
                                                request ->
                                                        request.bucket(address.bucket())
                                                                .key(address.full(key))
                                                                .uploadId(uploadId)
                                                                .partNumber(number),
                                                BodyStreams.request(body))
                                        .eTag()));
    }

    /**
     * Makes a part of bytes of an object, over an earlier one of the same number.
     *
     * @param range null for all bytes; some stores copy ranges of objects of more than 5 MiB only
     * @return its ETag
     */
    public String copyPart(
            String key, String uploadId, int number, String source, @Nullable S3Range range)
            throws IOException {
        return S3Calls.made(
                () ->
                        S3Calls.unquoted(
                                bulk.uploadPartCopy(
                                                request ->
                                                        request.sourceBucket(address.bucket())
                                                                .sourceKey(address.full(source))
                                                                .copySourceRange(
                                                                        range == null
                                                                                ? null
                                                                                : range.header())
                                                                .destinationBucket(address.bucket())
                                                                .destinationKey(address.full(key))
                                                                .uploadId(uploadId)
                                                                .partNumber(number))
                                        .copyPartResult()
                                        .eTag()));
    }

    /**
     * Makes one object of the parts of a multipart upload, in one try: it may have been made when
     * this fails.
     *
     * @param etags of the parts from number 1 on, all there are
     */
    public void complete(String key, String uploadId, List<String> etags) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        for (String etag : etags) {
            parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(etag).build());
        }
        S3Calls.made(
                () ->
                        once.completeMultipartUpload(
                                request ->
                                        request.bucket(address.bucket())
                                                .key(address.full(key))
                                                .uploadId(uploadId)
                                                .multipartUpload(each -> each.parts(parts))
                                                .overrideConfiguration(S3Clients::slow)));
    }

    /** Ends a multipart upload and deletes its parts; does nothing when there is none. */
    public void abort(String key, String uploadId) throws IOException {
        S3Calls.found(
                () ->
                        patient.abortMultipartUpload(
                                request ->
                                        request.bucket(address.bucket())
                                                .key(address.full(key))
                                                .uploadId(uploadId)));
    }
}
