package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.report.PeerDescription;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Multipart uploads by the SDK alone, from memory: what a server in between is measured by. */
final class SdkUploads implements AutoCloseable {

    static final String NAME = "sdk";

    static final PeerDescription DESCRIPTION =
            new PeerDescription(
                    NAME,
                    "FLOOR",
                    "AWS SDK for Java " + VersionInfo.SDK_VERSION,
                    "parts from memory, four at once",
                    "the object is in the store");

    private static final int AT_ONCE = 4;
    private static final String KEY = "sdk";

    private final S3Client client;
    private final String bucket;
    private final List<byte[]> parts;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

    SdkUploads(S3Client client, String bucket, List<byte[]> parts) {
        this.client = client;
        this.bucket = bucket;
        this.parts = parts;
    }

    /** Uploads the parts as one object. */
    void upload() throws IOException, InterruptedException {
        String id =
                client.createMultipartUpload(request -> request.bucket(bucket).key(KEY)).uploadId();
        List<Future<CompletedPart>> underWay = new ArrayList<>();
        for (byte[] part : parts) {
            int number = underWay.size() + 1;
            underWay.add(threads.submit(() -> send(id, number, part)));
        }
        List<CompletedPart> sent = all(underWay);
        client.completeMultipartUpload(
                request ->
                        request.bucket(bucket)
                                .key(KEY)
                                .uploadId(id)
                                .multipartUpload(whole -> whole.parts(sent)));
    }

    private CompletedPart send(String id, int number, byte[] part) {
        String etag =
                client.uploadPart(
                                request ->
                                        request.bucket(bucket)
                                                .key(KEY)
                                                .uploadId(id)
                                                .partNumber(number),
                                // Of bytes it would make a copy first.
                                RequestBody.fromContentProvider(
                                        () -> new ByteArrayInputStream(part),
                                        part.length,
                                        "application/octet-stream"))
                        .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private static <T> List<T> all(List<Future<T>> futures)
            throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        return results;
    }

    /** Deletes what was uploaded. */
    void delete() {
        client.deleteObject(request -> request.bucket(bucket).key(KEY));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
