package io.longhaul.server.protocol.tus;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.DigestAlgorithm;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.fuzz.Documented;
import io.longhaul.server.fuzz.FuzzInput;
import io.longhaul.server.fuzz.FuzzRequest;
import io.longhaul.server.fuzz.Slowly;
import io.longhaul.server.protocol.http.HttpProblem;
import io.longhaul.server.protocol.http.UploadUrls;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Each header and path of tus, against a slow reading of its own of what the protocol says. The
 * first byte chooses the header, the rest is its value.
 */
public final class TusHeadersTarget {

    private static final UploadUrls URLS = new UploadUrls(null);
    private static final URI PUBLIC = URI.create("https://public.example/a/b/");
    private static final UploadUrls PUBLIC_URLS = new UploadUrls(PUBLIC);
    private static final String ID = "[0-9a-f]{32}";

    private TusHeadersTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        switch ((char) input.next()) {
            case 'o' -> offset(input.rest().strip());
            case 'l' -> length(input.rest().strip());
            case 'd' -> deferLength(input.rest().strip());
            case 't' -> contentType(input.rest().strip());
            case 'i' -> idempotencyKey(input.rest().strip());
            case 'c' -> checksum(input.rest().strip());
            case 'f' -> concatenation(input.rest().strip(), URLS, "");
            case 'F' -> concatenation(input.rest().strip(), PUBLIC_URLS, "/a/b");
            case 'p' -> path(input.rest());
            default -> metadata(input.rest().strip());
        }
    }

    /** The value; empty for a refusal, which has to be a documented one. */
    private static <T> Optional<T> read(Supplier<T> parser) {
        try {
            return Optional.of(parser.get());
        } catch (HttpProblem e) {
            Documented.check(e.reply());
        } catch (UploadException e) {
            Documented.check(e);
        }
        return Optional.empty();
    }

    private static Optional<Long> number(String value) {
        return value.matches("[0-9]+")
                        && new BigInteger(value).compareTo(BigInteger.valueOf(Long.MAX_VALUE)) <= 0
                ? Optional.of(new BigInteger(value).longValueExact())
                : Optional.empty();
    }

    private static void offset(String value) {
        assertThat(read(() -> UploadOffsetHeader.of(FuzzRequest.with("Upload-Offset", value))))
                .isEqualTo(number(value));
    }

    private static void length(String value) {
        assertThat(read(() -> UploadLengthHeader.of(FuzzRequest.with("Upload-Length", value))))
                .isEqualTo(number(value).map(OptionalLong::of));
    }

    private static void deferLength(String value) {
        FuzzRequest request = FuzzRequest.with("Upload-Defer-Length", value);
        assertThat(read(() -> UploadDeferLengthHeader.of(request)))
                .isEqualTo(value.equals("1") ? Optional.of(true) : Optional.empty());
    }

    private static void contentType(String value) {
        FuzzRequest request = FuzzRequest.with("Content-Type", value);
        Optional<String> read =
                read(
                        () -> {
                            ContentTypeHeader.require(request);
                            return value;
                        });
        assertThat(read.isPresent())
                .isEqualTo(value.matches("(?is)application/offset\\+octet-stream\\s*(;.*)?"));
    }

    private static void idempotencyKey(String value) {
        FuzzRequest request = FuzzRequest.with("Idempotency-Key", value);
        assertThat(IdempotencyKeyHeader.of(request).orElse("")).isEqualTo(value);
    }

    private static void checksum(String value) {
        FuzzRequest request = FuzzRequest.with("Upload-Checksum", value);
        Optional<String> expected =
                value.indexOf(' ') < 0
                        ? Optional.empty()
                        : checksum(value.split(" ", 2)[0], value.split(" ", 2)[1].strip());
        assertThat(read(() -> UploadChecksumHeader.of(request).atStart().orElseThrow().toString()))
                .isEqualTo(expected);
    }

    private static Optional<String> checksum(String algorithm, String base64) {
        return DigestAlgorithm.named(algorithm)
                .flatMap(
                        known ->
                                Slowly.base64(base64)
                                        .filter(digest -> digest.length == known.bytes()))
                .map(digest -> algorithm + " " + Slowly.base64(digest));
    }

    private static void concatenation(String value, UploadUrls urls, String prefix) {
        FuzzRequest request = FuzzRequest.with("Upload-Concat", value);
        Optional<Concatenation> read = read(() -> UploadConcatHeader.of(request, urls));
        if (value.equals("partial")) {
            assertThat(read).contains(Concatenation.PARTIAL);
        } else if (read.isPresent()) {
            assertThat(read.get()).isInstanceOf(Concatenation.Final.class);
            named((Concatenation.Final) read.get(), value, prefix);
        } else {
            assertThat(value).doesNotMatch("final;/files/" + ID + "( /files/" + ID + ")*");
        }
    }

    /** What is accepted names uploads of this server, in order, and is given back as it came. */
    private static void named(Concatenation.Final made, String value, String prefix) {
        assertThat(made.received()).isEqualTo(value);
        List<String> urls = List.of(value.substring("final;".length()).strip().split(" +"));
        assertThat(made.partials()).hasSameSizeAs(urls);
        String host = "(?i:localhost:8080%s)".formatted(prefix.isEmpty() ? "" : "|public.example");
        for (int i = 0; i < urls.size(); i++) {
            assertThat(urls.get(i))
                    .matches(
                            "(([A-Za-z][A-Za-z0-9+.-]*:)?//%s)?(%s)?/files/%s|[A-Za-z][A-Za-z0-9+.-]*:(%s)?/files/%s"
                                    .formatted(host, prefix, ID, prefix, ID))
                    .endsWith("/files/" + made.partials().get(i));
        }
    }

    private static void path(String path) {
        Optional<UploadId> id = UploadUrls.upload(path);
        assertThat(id.isPresent()).isEqualTo(path.matches("(?s)/files/" + ID));
        id.ifPresent(each -> assertThat(URLS.location(each)).isEqualTo(path));
        id.ifPresent(each -> assertThat(URLS.named(path, "")).contains(each));
        assertThat(UploadUrls.covers(path)).isEqualTo(path.matches("(?s)/files(/.*)?"));
        assertThat(UploadUrls.isCollection(path)).isEqualTo(path.matches("/files/?"));
        URLS.named(path, FuzzRequest.AUTHORITY)
                .ifPresent(each -> assertThat(path).contains(each.value()));
    }

    /** What was accepted is kept as it came, and every value can be read. */
    private static void metadata(String value) {
        Optional<UploadMetadata> read = read(() -> UploadMetadata.parse(value));
        Optional<Map<String, byte[]>> expected = Slowly.metadata(value);
        assertThat(read.isPresent()).isEqualTo(expected.isPresent());
        if (read.isPresent()) {
            assertThat(read.get().encoded()).isEqualTo(value);
            expected.orElseThrow()
                    .forEach(
                            (key, bytes) ->
                                    assertThat(read.get().text(key))
                                            .as(key)
                                            .isEqualTo(Slowly.utf8(bytes)));
            assertThat(read.get().text("no such key")).isEmpty();
        }
    }
}
