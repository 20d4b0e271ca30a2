package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.s3.S3Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class LonghaulPropertiesTests {

    @Test
    void hasDefaultsForUploads() {
        LonghaulProperties properties = bind();

        assertThat(properties.dataDirectory()).isEqualTo(Path.of("./data"));
        assertThat(properties.publicUrl()).isNull();
        assertThat(properties.maxSize()).isNull();
        assertThat(properties.durability()).isEqualTo(Durability.POWER_LOSS);
        assertThat(properties.diskReserve()).isEqualTo(DataSize.ofMegabytes(16));
        assertThat(properties.sweepInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(properties.limits())
                .isEqualTo(
                        new UploadLimits(
                                OptionalLong.empty(),
                                Duration.ofDays(7),
                                Duration.ZERO,
                                Duration.ofDays(1),
                                16_384));
    }

    @Test
    void mapsAllSettingsForUploads() {
        LonghaulProperties properties =
                bind(
                        "longhaul.data-dir=/srv/longhaul",
                        "longhaul.public-url=https://uploads.example.org/here",
                        "longhaul.max-size=5TB",
                        "longhaul.expiry=12h",
                        "longhaul.complete-expiry=30d",
                        "longhaul.gone-retention=2h",
                        "longhaul.sweep-interval=10s",
                        "longhaul.durability=process-crash",
                        "longhaul.inline-size=4KB",
                        "longhaul.disk-reserve=1GB");

        assertThat(properties.dataDirectory()).isEqualTo(Path.of("/srv/longhaul"));
        assertThat(properties.publicUrl())
                .isEqualTo(URI.create("https://uploads.example.org/here"));
        assertThat(properties.durability()).isEqualTo(Durability.PROCESS_CRASH);
        assertThat(properties.diskReserve()).isEqualTo(DataSize.ofGigabytes(1));
        assertThat(properties.sweepInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties.limits())
                .isEqualTo(
                        new UploadLimits(
                                OptionalLong.of(5L << 40),
                                Duration.ofHours(12),
                                Duration.ofDays(30),
                                Duration.ofHours(2),
                                4_096));
    }

    @Test
    void keepsEverythingOnTheDiskByDefault() {
        LonghaulProperties properties = bind();

        assertThat(properties.content()).isEqualTo(LonghaulProperties.Content.DISK);
        assertThat(properties.catalog()).isEqualTo(LonghaulProperties.Catalog.SQLITE);
        assertThat(properties.s3().memory()).isEqualTo(DataSize.ofMegabytes(128));
        assertThat(properties.s3().downloads()).isEqualTo(S3Settings.Downloads.THROUGH);
        assertThat(properties.s3().linkValidity()).isEqualTo(Duration.ofMinutes(5));
        assertThat(properties.s3().publicEndpoint()).isNull();
    }

    @Test
    void keepsRecordsWhereTheBytesAreByDefault() {
        LonghaulProperties properties = bind("longhaul.content=s3", "longhaul.s3.bucket=b");

        assertThat(properties.catalog()).isEqualTo(LonghaulProperties.Catalog.S3);
        assertThat(properties.s3().address())
                .isEqualTo(new S3Address(null, "us-east-1", "b", "", false, null, null));
    }

    @Test
    void mapsAllSettingsForS3() {
        S3Settings s3 =
                bind(
                                "longhaul.content=s3",
                                "longhaul.catalog=postgresql",
                                "longhaul.postgresql.url=jdbc:postgresql:uploads",
                                "longhaul.s3.endpoint=https://s3.example.org",
                                "longhaul.s3.region=eu-central-1",
                                "longhaul.s3.bucket=uploads",
                                "longhaul.s3.prefix=here/",
                                "longhaul.s3.path-style=false",
                                "longhaul.s3.access-key=who",
                                "longhaul.s3.secret-key=hidden",
                                "longhaul.s3.memory=1GB",
                                "longhaul.s3.downloads=presigned",
                                "longhaul.s3.link-validity=30s",
                                "longhaul.s3.public-endpoint=https://bytes.example.org")
                        .s3();

        assertThat(s3.address())
                .isEqualTo(
                        new S3Address(
                                URI.create("https://s3.example.org"),
                                "eu-central-1",
                                "uploads",
                                "here/",
                                false,
                                "who",
                                "hidden"));
        assertThat(s3.memory()).isEqualTo(DataSize.ofGigabytes(1));
        assertThat(s3.downloads()).isEqualTo(S3Settings.Downloads.PRESIGNED);
        assertThat(s3.linkValidity()).isEqualTo(Duration.ofSeconds(30));
        assertThat(s3.publicEndpoint()).isEqualTo(URI.create("https://bytes.example.org"));
        assertThat(s3.toString() + s3.address()).doesNotContain("hidden", "who");
    }

    @Test
    void callsNoOtherNodesByDefault() {
        assertThat(bind().cluster()).isEqualTo(new ClusterSettings(null, null));
    }

    @Test
    void mapsAllSettingsForCallsBetweenNodes() {
        ClusterSettings cluster =
                bind(
                                "longhaul.content=s3",
                                "longhaul.s3.bucket=b",
                                "longhaul.cluster.url=http://10.0.0.1:8080",
                                "longhaul.cluster.secret=0123456789abcdef0123456789abcdef")
                        .cluster();

        assertThat(cluster.url()).isEqualTo(URI.create("http://10.0.0.1:8080"));
        assertThat(cluster.secret()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(cluster.toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void namesTheBucketInThePathOfAnEndpointByDefault() {
        assertThat(bind("longhaul.s3.endpoint=http://127.0.0.1:9000").s3().address().pathStyle())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "longhaul.s3.bucket, longhaul.content=s3",
        "longhaul.catalog, longhaul.catalog=s3",
        "longhaul.catalog, longhaul.content=s3;longhaul.s3.bucket=b;longhaul.catalog=sqlite",
        "longhaul.s3.endpoint, longhaul.s3.endpoint=s3.example.org",
        "longhaul.s3.region, longhaul.s3.region=",
        "longhaul.s3.prefix, longhaul.s3.prefix=uploads",
        "longhaul.s3.prefix, longhaul.s3.prefix=/uploads/",
        "longhaul.s3.secret-key, longhaul.s3.access-key=who",
        "longhaul.s3.access-key, longhaul.s3.secret-key=hidden",
        "longhaul.s3.memory, longhaul.s3.memory=1MB",
        "longhaul.cluster.url, longhaul.cluster.url=http://10.0.0.1:8080/files",
        "longhaul.cluster.url, longhaul.cluster.url=10.0.0.1",
        "longhaul.cluster.url, longhaul.cluster.secret=0123456789abcdef0123456789abcdef",
        "longhaul.cluster.url, longhaul.cluster.url=http://10.0.0.1;"
                + "longhaul.cluster.secret=0123456789abcdef0123456789abcdef",
        "longhaul.cluster.secret, longhaul.cluster.url=http://10.0.0.1",
        "longhaul.cluster.secret, longhaul.cluster.url=http://10.0.0.1;"
                + "longhaul.cluster.secret=0123456789abcdef0123456789abcde",
        "longhaul.s3.link-validity, longhaul.s3.link-validity=0",
        "longhaul.s3.link-validity, longhaul.s3.link-validity=8d",
        "longhaul.s3.public-endpoint, longhaul.s3.public-endpoint=bytes.example.org"
    })
    void refusesAStoreOrClusterThatCannotBeUsedAndNamesTheSetting(String key, String settings) {
        runner().withPropertyValues(settings.split(";", -1))
                .run(
                        context ->
                                assertThat(context.getStartupFailure())
                                        .rootCause()
                                        .isInstanceOfSatisfying(
                                                InvalidSettingException.class,
                                                e -> assertThat(e.key()).isEqualTo(key)));
    }

    @Test
    void hasDefaultsForHttp() {
        LonghaulProperties.Http http = bind().http();

        assertThat(http.readIdleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(http.minimumRate()).isEqualTo(DataSize.ofBytes(10));
        assertThat(http.trustedProxies()).isEmpty();
        assertThat(http.trusts(InetAddress.getLoopbackAddress())).isFalse();
    }

    @Test
    void mapsAllSettingsForHttp() {
        LonghaulProperties.Http http =
                bind(
                                "longhaul.http.read-idle-timeout=5s",
                                "longhaul.http.minimum-rate=0",
                                "longhaul.http.trusted-proxies=192.0.2.7,10.0.0.0/8")
                        .http();

        assertThat(http.readIdleTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(http.minimumRate()).isEqualTo(DataSize.ofBytes(0));
        assertThat(http.trustedProxies())
                .containsExactly(AddressRange.of("192.0.2.7"), AddressRange.of("10.0.0.0/8"));
        assertThat(http.trusts(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
    }

    @Test
    void hasDefaultsForCors() {
        assertThat(bind().cors())
                .isEqualTo(
                        new LonghaulProperties.Cors(
                                true,
                                List.of("*"),
                                List.of(),
                                false,
                                List.of(),
                                Duration.ofDays(1)));
    }

    @Test
    void mapsAllSettingsForCors() {
        assertThat(
                        bind(
                                        "longhaul.cors.enabled=false",
                                        "longhaul.cors.allowed-origins=https://a.example,http://b.example:81",
                                        "longhaul.cors.allowed-origin-patterns=https://*.example.org",
                                        "longhaul.cors.allow-credentials=true",
                                        "longhaul.cors.allowed-headers=Authorization,X-Tenant",
                                        "longhaul.cors.max-age=10m")
                                .cors())
                .isEqualTo(
                        new LonghaulProperties.Cors(
                                false,
                                List.of("https://a.example", "http://b.example:81"),
                                List.of("https://*.example.org"),
                                true,
                                List.of("Authorization", "X-Tenant"),
                                Duration.ofMinutes(10)));
    }

    @Test
    void allowsNoOtherOriginsWhenPatternsAreGiven() {
        assertThat(
                        bind("longhaul.cors.allowed-origin-patterns=https://*.example.org")
                                .cors()
                                .allowedOrigins())
                .isEmpty();
    }

    @Test
    void readsNumbersAsSecondsAndBytes() {
        LonghaulProperties properties = bind("longhaul.expiry=90", "longhaul.max-size=1500");

        assertThat(properties.expiry()).isEqualTo(Duration.ofSeconds(90));
        assertThat(properties.limits().maxSize()).hasValue(1500);
    }

    @Test
    void readsARelativeDataDirectoryAsAFilePathOnly() {
        // META-INF is on the class path, where Spring would look for a Path first.
        assertThat(bind("longhaul.data-dir=META-INF").dataDirectory())
                .isEqualTo(Path.of("META-INF"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://uploads.example.org/, https://uploads.example.org",
        "http://localhost:8080/up//, http://localhost:8080/up",
        "HTTPS://uploads.example.org, HTTPS://uploads.example.org"
    })
    void takesSlashesOffTheEndOfThePublicUrl(String given, String kept) {
        assertThat(bind("longhaul.public-url=" + given).publicUrl()).isEqualTo(URI.create(kept));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    longhaul.data-dir               | '   '
                    longhaul.public-url             | ftp://uploads.example.org
                    longhaul.public-url             | uploads.example.org
                    longhaul.public-url             | localhost:8080
                    longhaul.public-url             | https://uploads.example.org/?a=b
                    longhaul.public-url             | https://user@uploads.example.org
                    longhaul.max-size               | 0
                    longhaul.max-size               | -1
                    longhaul.expiry                 | 0
                    longhaul.expiry                 | 99999999d
                    longhaul.complete-expiry        | -1s
                    longhaul.gone-retention         | -1s
                    longhaul.sweep-interval         | 0s
                    longhaul.disk-reserve           | -1
                    longhaul.http.read-idle-timeout | 0
                    longhaul.http.minimum-rate      | -1
                    longhaul.cors.allowed-origins   | https://app.example.org/
                    longhaul.cors.allowed-origins   | https://*.example.org
                    longhaul.cors.allowed-origins   | app.example.org
                    longhaul.cors.allowed-origin-patterns | *.example.org
                    longhaul.cors.allow-credentials | true
                    longhaul.cors.allowed-headers   | X Tenant
                    longhaul.cors.max-age           | -1s
                    """)
    void refusesWhatCannotBeUsedAndNamesTheSetting(String key, String value) {
        runner().withPropertyValues(key + "=" + value)
                .run(
                        context ->
                                assertThat(context.getStartupFailure())
                                        .rootCause()
                                        .isInstanceOfSatisfying(
                                                InvalidSettingException.class,
                                                e -> assertThat(e.key()).isEqualTo(key)));
    }

    @Test
    void refusesCredentialsForThePatternOfEveryOrigin() {
        runner().withPropertyValues(
                        "longhaul.cors.allowed-origin-patterns=*",
                        "longhaul.cors.allow-credentials=true")
                .run(
                        context ->
                                assertThat(context.getStartupFailure())
                                        .hasRootCauseInstanceOf(InvalidSettingException.class));
    }

    @ParameterizedTest
    @CsvSource({
        "longhaul.max-size, big",
        "longhaul.max-size, 99999999TB",
        "longhaul.expiry, soon",
        "longhaul.durability, none",
        "longhaul.http.trusted-proxies, proxy.example.org",
        "longhaul.cors.enabled, perhaps",
        "longhaul.unknown, 1",
        "longhaul.http.unknown, 1"
    })
    void refusesWhatCannotBeRead(String key, String value) {
        runner().withPropertyValues(key + "=" + value)
                .run(context -> assertThat(context).hasFailed());
    }

    static LonghaulProperties bind(String... settings) {
        AtomicReference<LonghaulProperties> bound = new AtomicReference<>();
        runner().withPropertyValues(settings)
                .run(context -> bound.set(context.getBean(LonghaulProperties.class)));
        return bound.get();
    }

    private static ApplicationContextRunner runner() {
        return new ApplicationContextRunner().withUserConfiguration(Settings.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(LonghaulProperties.class)
    static class Settings {}
}
