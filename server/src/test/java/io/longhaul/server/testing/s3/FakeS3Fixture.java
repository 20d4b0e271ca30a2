package io.longhaul.server.testing.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The fake store, with few bytes in a part and in a page, and the real client of S3. */
@Timeout(60)
abstract class FakeS3Fixture {

    static final int PAGE = 3;
    static final String KEY = "a/key with+odd&letters";
    static final S3Rules RULES = S3Rules.STRICT.small(10, PAGE);

    final FakeS3 store;
    final S3Client s3;

    FakeS3Fixture() throws IOException {
        store = FakeS3.start(RULES);
        s3 = client(store);
    }

    @AfterEach
    void close() {
        s3.close();
        store.close();
    }

    static S3Client client(FakeS3 store) {
        return S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                .httpClient(Apache5HttpClient.create())
                .forcePathStyle(true)
                .serviceConfiguration(each -> each.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        each -> each.retryStrategy(retry -> retry.maxAttempts(1)).build())
                .build();
    }

    String put(String key, String text, Consumer<PutObjectRequest.Builder> conditions) {
        return s3.putObject(
                        request -> {
                            request.bucket(FakeS3.BUCKET).key(key);
                            conditions.accept(request);
                        },
                        RequestBody.fromString(text))
                .eTag();
    }

    String put(String key, String text) {
        return put(key, text, _ -> {});
    }

    String text(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(FakeS3.BUCKET).key(key))
                .asUtf8String();
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
