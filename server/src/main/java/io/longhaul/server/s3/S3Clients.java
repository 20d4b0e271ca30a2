package io.longhaul.server.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The SDK's clients as every store can take them: whole requests instead of chunks that are signed
 * one by one, no checksums that were not asked for, and an end to every wait. The SDK's own limits
 * let a call hang for two minutes behind a network that swallows packets.
 */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** For a call with a small request and a small answer. */
    private static final Duration SMALL_ATTEMPT = Duration.ofSeconds(5);

    /** For a part, or what else can be large, also over a slow line. */
    private static final Duration LARGE_ATTEMPT = Duration.ofMinutes(1);

    private static final Duration LARGE_CALL = Duration.ofMinutes(2);

    /** More than there is time for. */
    private static final int MOST_ATTEMPTS = 100;

    private static final int CONNECTIONS = 256;

    private S3Clients() {}

    static SdkHttpClient http() {
        return Apache5HttpClient.builder()
                .connectionTimeout(CONNECT)
                .connectionAcquisitionTimeout(SILENCE)
                .socketTimeout(SILENCE)
                .maxConnections(CONNECTIONS)
                .build();
    }

    /** For small calls that may be made again without harm. */
    static S3Client patient(S3Address address, SdkHttpClient http) {
        return client(address, http, SMALL_ATTEMPT, Patience.OUTAGE.total());
    }

    /** For large bodies of keys that nobody else writes, or that are written as they were. */
    static S3Client bulk(S3Address address, SdkHttpClient http) {
        return client(address, http, LARGE_ATTEMPT, LARGE_CALL);
    }

    private static S3Client client(
            S3Address address, SdkHttpClient http, Duration attempt, Duration call) {
        return client(address, http)
                .overrideConfiguration(
                        settings ->
                                settings.apiCallAttemptTimeout(attempt)
                                        .apiCallTimeout(call)
                                        .retryStrategy(untilTimeIsUp()))
                .build();
    }

    /** For calls whose repetition would look like a refusal. */
    static S3Client once(S3Address address, SdkHttpClient http) {
        return client(address, http)
                .overrideConfiguration(
                        settings ->
                                settings.apiCallAttemptTimeout(SMALL_ATTEMPT)
                                        .apiCallTimeout(SMALL_ATTEMPT)
                                        .retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    /** What the store may do for long: a call without another try that ends later than others. */
    static void slow(AwsRequestOverrideConfiguration.Builder settings) {
        settings.apiCallAttemptTimeout(LARGE_ATTEMPT).apiCallTimeout(LARGE_ATTEMPT);
    }

    private static RetryStrategy untilTimeIsUp() {
        BackoffStrategy pauses =
                BackoffStrategy.exponentialDelay(
                        Patience.OUTAGE.first(), Patience.OUTAGE.longest());
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(MOST_ATTEMPTS)
                .backoffStrategy(pauses)
                .throttlingBackoffStrategy(pauses)
                .circuitBreakerEnabled(false)
                .build();
    }

    private static S3ClientBuilder client(S3Address address, SdkHttpClient http) {
        return S3Client.builder()
                .endpointOverride(address.endpoint())
                .region(Region.of(address.region()))
                .credentialsProvider(credentials(address))
                .httpClient(http)
                .forcePathStyle(address.pathStyle())
                .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }

    /** Signs links; asks the store for nothing. */
    static S3Presigner presigner(S3Address address) {
        return S3Presigner.builder()
                .endpointOverride(address.endpoint())
                .region(Region.of(address.region()))
                .credentialsProvider(credentials(address))
                .serviceConfiguration(
                        S3Configuration.builder()
                                .pathStyleAccessEnabled(address.pathStyle())
                                .build())
                .build();
    }

    private static AwsCredentialsProvider credentials(S3Address address) {
        return address.accessKey() == null || address.secretKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(address.accessKey(), address.secretKey()));
    }
}
