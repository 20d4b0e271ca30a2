package io.longhaul.server.app;

import static io.longhaul.server.app.InvalidSettingException.check;

import io.longhaul.server.s3.S3Address;
import io.longhaul.server.s3.S3Links;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Where the S3-compatible store is, {@code longhaul.s3.*}.
 *
 * @param endpoint null for that of AWS in the region
 * @param bucket empty for none
 * @param prefix what every key begins with; empty, or it ends in a slash
 * @param pathStyle whether the bucket is named in the path; null for when an endpoint is given
 * @param accessKey null for what the environment, the machine's role or a profile gives
 * @param secretKey null when the access key is
 * @param memory outside the heap in which parts wait to be sent, for all uploads together
 * @param downloads who gives the bytes to those who download
 * @param linkValidity how long a link to the store can be used
 * @param publicEndpoint where those who download reach the store; null for the endpoint
 */
public record S3Settings(
        @Nullable URI endpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String bucket,
        @DefaultValue("") String prefix,
        @Nullable Boolean pathStyle,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("128MB") DataSize memory,
        @DefaultValue("through") Downloads downloads,
        @DefaultValue("5m") @DurationUnit(ChronoUnit.SECONDS) Duration linkValidity,
        @Nullable URI publicEndpoint) {

    // Less holds not even one part and another on its way.
    private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(16);

    // What S3 allows.
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(7);

    /** Who gives the bytes to those who download. */
    public enum Downloads {
        /** This server, which reads them from the store. */
        THROUGH,
        /** The store, at a link that this server signs. */
        PRESIGNED
    }

    public S3Settings {
        checkWeb(endpoint, "longhaul.s3.endpoint");
        checkWeb(publicEndpoint, "longhaul.s3.public-endpoint");
        check(!region.isBlank(), "longhaul.s3.region", "the name of a region");
        check(
                prefix.isEmpty() || (prefix.endsWith("/") && !prefix.startsWith("/")),
                "longhaul.s3.prefix",
                "empty, or keys that begin with a name and end in a slash, such as uploads/");
        check(
                accessKey == null || secretKey != null,
                "longhaul.s3.secret-key",
                "the secret that belongs to longhaul.s3.access-key");
        check(
                secretKey == null || accessKey != null,
                "longhaul.s3.access-key",
                "the key that longhaul.s3.secret-key belongs to");
        check(memory.compareTo(LEAST_MEMORY) >= 0, "longhaul.s3.memory", "16MB or more");
        check(
                linkValidity.toSeconds() > 0 && linkValidity.compareTo(LONGEST_VALIDITY) <= 0,
                "longhaul.s3.link-validity",
                "from 1s to 7d");
    }

    private static void checkWeb(@Nullable URI url, String key) {
        check(
                url == null || WebAddress.isPlain(url),
                key,
                "an http or https URL such as https://s3.example.org");
    }

    /** Where the bucket is, and who uses it. */
    S3Address address() {
        return new S3Address(
                endpoint,
                region,
                bucket,
                prefix,
                pathStyle == null ? endpoint != null : pathStyle,
                accessKey,
                secretKey);
    }

    /** Signs links to the store, where those who download reach it. */
    S3Links links() {
        S3Address address = address();
        return new S3Links(
                publicEndpoint == null ? address : address.at(publicEndpoint), linkValidity);
    }

    /** Without credentials. */
    @Override
    public String toString() {
        return "S3Settings[%s, region=%s, memory=%s]".formatted(address(), region, memory);
    }
}
