package io.longhaul.server.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket as the real client of S3 sees it, with the calls that its tests need often.
 *
 * @param leastPart the fewest bytes of any part but the last
 */
record TestBucket(S3Client s3, String name, int leastPart) {

    /** A client that asks once, and in the way that all stores understand. */
    static S3Client connect(URI endpoint, String id, String secret) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .httpClient(Apache5HttpClient.create())
                .forcePathStyle(true)
                .serviceConfiguration(each -> each.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        each -> each.retryStrategy(retry -> retry.maxAttempts(1)).build())
                .build();
    }

    /** Stores an object; its ETag, without the quotes, which not all stores take back. */
    String put(String key, String text, Consumer<PutObjectRequest.Builder> conditions) {
        return s3.putObject(
                        request -> {
                            request.bucket(name).key(key);
                            conditions.accept(request);
                        },
                        RequestBody.fromString(text))
                .eTag()
                .replace("\"", "");
    }

    String put(String key, String text) {
        return put(key, text, _ -> {});
    }

    String text(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(name).key(key)).asUtf8String();
    }

    String text(String key, String range) {
        return s3.getObjectAsBytes(request -> request.bucket(name).key(key).range(range))
                .asUtf8String();
    }

    List<String> keys() {
        return s3.listObjectsV2Paginator(request -> request.bucket(name)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Begins a multipart upload; its id. */
    String begin(String key) {
        return s3.createMultipartUpload(request -> request.bucket(name).key(key)).uploadId();
    }

    CompletedPart part(String key, String id, int number, String text) {
        String etag =
                s3.uploadPart(
                                request ->
                                        request.bucket(name)
                                                .key(key)
                                                .uploadId(id)
                                                .partNumber(number),
                                RequestBody.fromString(text))
                        .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    void complete(String key, String id, CompletedPart... parts) {
        s3.completeMultipartUpload(
                request ->
                        request.bucket(name)
                                .key(key)
                                .uploadId(id)
                                .multipartUpload(all -> all.parts(parts)));
    }

    void abort(String key, String id) {
        s3.abortMultipartUpload(request -> request.bucket(name).key(key).uploadId(id));
    }

    /** Refused with that status, where stores have different codes or give none. */
    static void assertRefused(int status, ThrowingCallable call) {
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(status));
    }

    static void assertRefused(int status, String code, ThrowingCallable call) {
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(call)
                .satisfies(
                        e -> {
                            assertThat(e.statusCode()).isEqualTo(status);
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                        });
    }
}
