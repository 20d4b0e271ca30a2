package io.longhaul.server.app;

import static io.longhaul.server.app.InvalidSettingException.check;

import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.UploadLimits;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The server's own settings, checked. A number without a unit is in seconds or bytes.
 *
 * @param dataDir where uploads and their records live. Text, because Spring reads a relative path
 *     as a class path resource first; use {@link #dataDirectory()}
 * @param publicUrl what clients put in front of {@code /files}, without a slash at the end; null
 *     for relative locations
 * @param maxSize of one upload; null for no limit
 * @param expiry how long an incomplete upload lives after its last accepted byte
 * @param completeExpiry how long a complete upload lives; zero for ever
 * @param goneRetention how long a terminated or expired upload answers 410 before 404
 * @param sweepInterval the time between two searches for what has expired
 * @param durability what an acknowledged byte survives
 * @param inlineSize the longest upload that is kept in its record, when it arrives in one request;
 *     zero for none
 * @param diskReserve space on the disk that uploads never take
 * @param content what keeps the bytes of uploads
 * @param catalog what keeps the records of uploads; when it is not given, the same as the content
 */
@ConfigurationProperties(prefix = "longhaul", ignoreUnknownFields = false)
public record LonghaulProperties(
        @DefaultValue("./data") String dataDir,
        @Nullable URI publicUrl,
        @Nullable DataSize maxSize,
        @DefaultValue("7d") @DurationUnit(ChronoUnit.SECONDS) Duration expiry,
        @DefaultValue("0") @DurationUnit(ChronoUnit.SECONDS) Duration completeExpiry,
        @DefaultValue("1d") @DurationUnit(ChronoUnit.SECONDS) Duration goneRetention,
        @DefaultValue("1m") @DurationUnit(ChronoUnit.SECONDS) Duration sweepInterval,
        @DefaultValue("power-loss") Durability durability,
        @DefaultValue("16KB") DataSize inlineSize,
        @DefaultValue("16MB") DataSize diskReserve,
        @DefaultValue("disk") Content content,
        @Nullable Catalog catalog,
        @DefaultValue Postgresql postgresql,
        @DefaultValue S3Settings s3,
        @DefaultValue ClusterSettings cluster,
        @DefaultValue Http http,
        @DefaultValue Cors cors) {

    // Longer ones overflow when they are added to a date.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    // A record is read and written as a whole.
    private static final DataSize LARGEST_INLINE = DataSize.ofKilobytes(64);

    public LonghaulProperties {
        check(!dataDir.isBlank(), "longhaul.data-dir", "the path of a directory");
        publicUrl = normalized(publicUrl);
        check(
                maxSize == null || maxSize.toBytes() > 0,
                "longhaul.max-size",
                "at least one byte; leave it out for no limit");
        checkPositive(expiry, "longhaul.expiry");
        checkNotNegative(completeExpiry, "longhaul.complete-expiry");
        checkNotNegative(goneRetention, "longhaul.gone-retention");
        checkPositive(sweepInterval, "longhaul.sweep-interval");
        check(
                !inlineSize.isNegative() && inlineSize.compareTo(LARGEST_INLINE) <= 0,
                "longhaul.inline-size",
                "from zero to 64KB");
        check(!diskReserve.isNegative(), "longhaul.disk-reserve", "zero or more");
        Catalog own = content == Content.S3 ? Catalog.S3 : Catalog.SQLITE;
        catalog = catalog == null ? own : catalog;
        check(
                catalog == own || catalog == Catalog.POSTGRESQL,
                "longhaul.catalog",
                "%s or postgresql, as longhaul.content is %s"
                        .formatted(lowerCase(own), lowerCase(content)));
        check(
                content != Content.S3 || !s3.bucket().isEmpty(),
                "longhaul.s3.bucket",
                "the name of a bucket, as longhaul.content is s3");
        check(
                content == Content.S3 || cluster.url() == null,
                "longhaul.cluster.url",
                "left out, as longhaul.content is disk, which one server has for itself");
        check(
                catalog != Catalog.POSTGRESQL || !postgresql.url().isEmpty(),
                "longhaul.postgresql.url",
                Postgresql.URL_EXPECTED + ", as longhaul.catalog is postgresql");
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What keeps the records of uploads. */
    @Override
    public Catalog catalog() {
        return Objects.requireNonNull(catalog);
    }

    private static @Nullable URI normalized(@Nullable URI url) {
        if (url == null) {
            return null;
        }
        check(
                WebAddress.isPlain(url),
                "longhaul.public-url",
                "an http or https URL without a query, such as https://uploads.example.org");
        return URI.create(url.toString().replaceFirst("/+$", ""));
    }

    private static void checkPositive(Duration value, String key) {
        check(
                value.isPositive() && value.compareTo(LONGEST) <= 0,
                key,
                "longer than zero and at most 36500d");
    }

    private static void checkNotNegative(Duration value, String key) {
        check(
                !value.isNegative() && value.compareTo(LONGEST) <= 0,
                key,
                "zero or longer, and at most 36500d");
    }

    /** Where uploads and their records live. */
    public Path dataDirectory() {
        return Path.of(dataDir);
    }

    /** What an upload may take. */
    public UploadLimits limits() {
        return new UploadLimits(
                maxSize == null ? OptionalLong.empty() : OptionalLong.of(maxSize.toBytes()),
                expiry,
                completeExpiry,
                goneRetention,
                (int) inlineSize.toBytes());
    }

    /** What keeps the bytes of uploads. */
    public enum Content {
        /** Files in the data directory. */
        DISK,
        /** An S3-compatible store, for any number of servers. */
        S3
    }

    /** What keeps the records of uploads. */
    public enum Catalog {
        /** A file in the data directory. */
        SQLITE,
        /** The bucket that keeps the bytes. */
        S3,
        /** A server of its own. */
        POSTGRESQL
    }

    /**
     * Where PostgreSQL is.
     *
     * @param url of JDBC; empty for none
     * @param username null for the one in the URL, or that of the process
     * @param password null for the one in the URL, or for none
     * @param connections how many may be open at once
     */
    public record Postgresql(
            @DefaultValue("") String url,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("10") int connections) {

        private static final String URL_EXPECTED =
                "the JDBC URL of a database, such as jdbc:postgresql://db.example.org/longhaul";

        private static final int MOST_CONNECTIONS = 1_000;

        public Postgresql {
            check(
                    url.isEmpty() || url.startsWith("jdbc:postgresql:"),
                    "longhaul.postgresql.url",
                    URL_EXPECTED);
            check(
                    connections >= 2 && connections <= MOST_CONNECTIONS,
                    "longhaul.postgresql.connections",
                    "from 2 to 1000");
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Postgresql[url=%s, username=%s, connections=%d]"
                    .formatted(url.replaceFirst("\\?.*", ""), username, connections);
        }
    }

    /**
     * How the server reads requests.
     *
     * @param readIdleTimeout how long a body may send nothing before it is cut
     * @param minimumRate bytes per second under which a body is cut; zero for none
     * @param trustedProxies whose forwarded headers are believed
     */
    public record Http(
            @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration readIdleTimeout,
            @DefaultValue("10B") DataSize minimumRate,
            @DefaultValue List<AddressRange> trustedProxies) {

        public Http {
            checkPositive(readIdleTimeout, "longhaul.http.read-idle-timeout");
            check(!minimumRate.isNegative(), "longhaul.http.minimum-rate", "zero or more");
            trustedProxies = List.copyOf(trustedProxies);
        }

        /** Whether forwarded headers of a request from this address are believed. */
        public boolean trusts(InetAddress address) {
            return trustedProxies.stream().anyMatch(range -> range.contains(address));
        }
    }

    /**
     * Which web pages of other origins may use the server.
     *
     * @param allowedOrigins such as {@code https://app.example.org}; every one ({@code *}) when
     *     neither these nor patterns are given
     * @param allowedOriginPatterns such as {@code https://*.example.org}
     * @param allowCredentials whether pages may send cookies and the like
     * @param allowedHeaders request headers; empty for all that are asked for
     * @param maxAge how long a browser may remember the answer to a preflight request
     */
    public record Cors(
            @DefaultValue("true") boolean enabled,
            @DefaultValue List<String> allowedOrigins,
            @DefaultValue List<String> allowedOriginPatterns,
            @DefaultValue("false") boolean allowCredentials,
            @DefaultValue List<String> allowedHeaders,
            @DefaultValue("1d") @DurationUnit(ChronoUnit.SECONDS) Duration maxAge) {

        private static final Pattern ORIGIN =
                Pattern.compile("\\*|null|[a-z][a-z0-9+.-]*://[^/\\s*]+");
        private static final Pattern ORIGIN_PATTERN = Pattern.compile("\\*|[^/\\s]+://[^/\\s]+");
        private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

        public Cors {
            boolean every = allowedOrigins.isEmpty() && allowedOriginPatterns.isEmpty();
            allowedOrigins = every ? List.of("*") : List.copyOf(allowedOrigins);
            allowedOriginPatterns = List.copyOf(allowedOriginPatterns);
            allowedHeaders = List.copyOf(allowedHeaders);
            check(
                    allMatch(ORIGIN, allowedOrigins),
                    "longhaul.cors.allowed-origins",
                    "* or origins without a path, such as https://app.example.org;"
                            + " those with a * inside go to longhaul.cors.allowed-origin-patterns");
            check(
                    allMatch(ORIGIN_PATTERN, allowedOriginPatterns),
                    "longhaul.cors.allowed-origin-patterns",
                    "origins without a path, such as https://*.example.org");
            check(
                    !allowCredentials
                            || !(allowedOrigins.contains("*")
                                    || allowedOriginPatterns.contains("*")),
                    "longhaul.cors.allow-credentials",
                    "false while every origin (*) is allowed; to allow credentials, name the"
                            + " origins in longhaul.cors.allowed-origins");
            check(
                    allMatch(HEADER, allowedHeaders),
                    "longhaul.cors.allowed-headers",
                    "names of request headers");
            checkNotNegative(maxAge, "longhaul.cors.max-age");
        }

        private static boolean allMatch(Pattern pattern, List<String> values) {
            return values.stream().allMatch(value -> pattern.matcher(value).matches());
        }
    }
}
