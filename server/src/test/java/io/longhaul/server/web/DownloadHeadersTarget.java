package io.longhaul.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.app.AddressRange;
import io.longhaul.server.core.upload.UploadException;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.fuzz.FuzzInput;
import io.longhaul.server.fuzz.Slowly;
import io.longhaul.server.protocol.http.HttpDate;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What a download makes of the headers that it is asked with and of the metadata that somebody
 * stored, and how addresses are read. The first byte chooses, the rest is the value.
 */
public final class DownloadHeadersTarget {

    private static final Pattern RANGES =
            Pattern.compile(
                    "(?i)bytes=([\\s,]*(?:[0-9]+-[0-9]*|-[0-9]+)\\s*(?:,[\\s,]*(?:[0-9]+-[0-9]*|-[0-9]+)\\s*|,\\s*)*)");

    private static final String ATTRIBUTE = "(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+";
    private static final Pattern DISPOSITION =
            Pattern.compile(
                    "attachment(?:; filename=\"([ -~&&[^\"\\\\%%]]*)\"(?:; filename\\*=UTF-8''(%s))?)?"
                            .formatted(ATTRIBUTE));

    private DownloadHeadersTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) throws UnknownHostException {
        FuzzInput input = new FuzzInput(bytes);
        switch ((char) input.next()) {
            case 'r' -> ranges(input.next(), input.rest().strip());
            case 'm' -> condition(HttpHeader.IF_MATCH, input.rest().strip());
            case 'n' -> condition(HttpHeader.IF_NONE_MATCH, input.rest().strip());
            case 'u' -> condition(HttpHeader.IF_UNMODIFIED_SINCE, input.rest().strip());
            case 's' -> condition(HttpHeader.IF_MODIFIED_SINCE, input.rest().strip());
            case 'i' -> ifRange(input.rest().strip());
            case 'd' -> date(input.take(Long.BYTES));
            case 't' -> servedType(input.take(1 << 12));
            case 'a' -> address(input.line(), input.take(16));
            case 'e' -> encodedMetadata(input.rest());
            default -> fileName(input.take(1 << 12));
        }
    }

    private static void ranges(int length, String value) {
        HttpFields headers = HttpFields.build().add(HttpHeader.RANGE, value);
        Optional<List<ByteRange>> asked = ByteRange.requested(headers, length);
        Matcher set = RANGES.matcher(value);
        if (asked.isPresent()) {
            BitSet given = new BitSet();
            for (ByteRange range : asked.get()) {
                assertThat(range.first()).isBetween(0L, range.last());
                assertThat(range.last()).isLessThan(length);
                BitSet around =
                        given.get((int) Math.max(0, range.first() - 1), (int) range.last() + 2);
                assertThat(around.isEmpty()).as("disjoint and apart: %s", asked).isTrue();
                given.set((int) range.first(), (int) range.last() + 1);
            }
            assertThat(set.matches()).as(value).isTrue();
            assertThat(given).isEqualTo(covered(set.group(1), length));
            assertThat(asked.get()).hasSizeLessThanOrEqualTo(16);
        } else if (length > 0 && set.matches()) {
            assertThat(refused(set.group(1))).as(value).isTrue();
        }
    }

    private static List<String> elements(String set) {
        List<String> elements = new ArrayList<>(List.of(set.split(",", -1)));
        elements.replaceAll(String::strip);
        elements.removeIf(String::isEmpty);
        return elements;
    }

    /** More than sixteen, or one that ends before it begins. */
    private static boolean refused(String set) {
        return elements(set).size() > 16
                || elements(set).stream()
                        .filter(range -> range.matches("[0-9]+-[0-9]+"))
                        .map(range -> range.split("-", 2))
                        .anyMatch(
                                range ->
                                        new BigInteger(range[0]).compareTo(new BigInteger(range[1]))
                                                > 0);
    }

    /** The bytes that a set asks for, one by one. */
    private static BitSet covered(String set, int length) {
        BitSet covered = new BitSet();
        for (String range : elements(set)) {
            String[] ends = range.split("-", 2);
            for (int at = 0; at < length; at++) {
                BigInteger here = BigInteger.valueOf(at);
                BigInteger left = BigInteger.valueOf(length - at);
                boolean asked =
                        ends[0].isEmpty()
                                ? left.compareTo(new BigInteger(ends[1])) <= 0
                                : here.compareTo(new BigInteger(ends[0])) >= 0
                                        && (ends[1].isEmpty()
                                                || here.compareTo(new BigInteger(ends[1])) <= 0);
                covered.set(at, covered.get(at) || asked);
            }
        }
        return covered;
    }

    private static void condition(HttpHeader header, String value) {
        Preconditions conditions = Preconditions.of(FakeContent.of("content"));
        HttpFields headers = HttpFields.build().add(header, value);
        Preconditions.Verdict verdict = conditions.judge(headers);
        boolean named = value.equals("*") || value.contains(FakeContent.ETAG);
        switch (header) {
            case IF_MATCH -> {
                assertThat(verdict).isNotEqualTo(Preconditions.Verdict.NOT_MODIFIED);
                assertThat(verdict == Preconditions.Verdict.FAILED || named).as(value).isTrue();
            }
            case IF_NONE_MATCH -> {
                assertThat(verdict).isNotEqualTo(Preconditions.Verdict.FAILED);
                assertThat(verdict == Preconditions.Verdict.MET || named).as(value).isTrue();
            }
            case IF_UNMODIFIED_SINCE ->
                    assertThat(verdict).isNotEqualTo(Preconditions.Verdict.NOT_MODIFIED);
            default -> assertThat(verdict).isNotEqualTo(Preconditions.Verdict.FAILED);
        }
        if (value.equals("*") || value.equals(FakeContent.ETAG)) {
            agrees(header, verdict);
        }
    }

    private static void agrees(HttpHeader header, Preconditions.Verdict verdict) {
        if (header == HttpHeader.IF_NONE_MATCH) {
            assertThat(verdict).isEqualTo(Preconditions.Verdict.NOT_MODIFIED);
        } else {
            assertThat(verdict).isEqualTo(Preconditions.Verdict.MET);
        }
    }

    private static void ifRange(String value) {
        Preconditions conditions = Preconditions.of(FakeContent.of("content"));
        HttpFields headers = HttpFields.build().add(HttpHeader.IF_RANGE, value);
        boolean allowed = conditions.allowRanges(headers);
        if (value.equals(FakeContent.ETAG) || value.equals(FakeContent.LAST_MODIFIED)) {
            assertThat(allowed).isTrue();
        } else if (!value.matches("(?s).*2026.*|.*\\b26\\b.*")) { // a line may end in it
            assertThat(allowed).as(value).isFalse();
        }
    }

    /** Every instant of HTTP's four-digit years is written, and read back to the second. */
    private static void date(byte[] bytes) {
        long seconds = Math.floorMod(new BigInteger(1, bytes).longValue(), 253_402_300_800L);
        Instant instant = Instant.ofEpochSecond(seconds);
        String written = HttpDate.format(instant);
        assertThat(written)
                .matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT")
                .isEqualTo(DateGenerator.formatDate(instant));
        HttpFields headers = HttpFields.build().add(HttpHeader.IF_MODIFIED_SINCE, written);
        Preconditions later =
                new Preconditions(
                        Preconditions.of(FakeContent.of("")).etag(), instant.plusSeconds(1));
        Preconditions same = new Preconditions(later.etag(), instant);
        assertThat(later.judge(headers)).isEqualTo(Preconditions.Verdict.MET);
        assertThat(same.judge(headers)).isEqualTo(Preconditions.Verdict.NOT_MODIFIED);
    }

    private static UploadMetadata named(String key, byte[] value) {
        return UploadMetadata.parse(key + " " + Slowly.base64(value));
    }

    private static void servedType(byte[] bytes) {
        ServedType type = ServedType.of(named("filetype", bytes));
        assertThat(type.value()).hasSizeLessThan(256).matches("[\\t -~]+");
        String essence =
                type.value().replaceFirst("(?s)[\\s;].*", "").toLowerCase(java.util.Locale.ROOT);
        String subtype = essence.substring(essence.indexOf('/') + 1);
        assertThat(subtype).doesNotContain("html", "script", "svg", "xml+").doesNotEndWith("xml");
        HttpFields.Mutable headers = HttpFields.build();
        type.addProtection(headers);
        assertThat(headers.get("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.get("Content-Security-Policy")).contains("default-src 'none'");
    }

    private static void fileName(byte[] bytes) {
        FileName name = FileName.of(named("filename", bytes));
        assertThat(name.value().getBytes(UTF_8)).hasSizeLessThan(256);
        assertThat(name.value())
                .doesNotContainPattern("[\\p{Cc}/\\\\\\p{Zl}\\p{Zp}\u202a-\u202e\u2066-\u2069]")
                .isNotIn(".", "..")
                .isEqualTo(name.value().strip());
        assertThat(FileName.of(named("name", name.value().getBytes(UTF_8)))).isEqualTo(name);
        Matcher disposition = DISPOSITION.matcher(name.disposition("attachment"));
        assertThat(disposition.matches()).as(name.disposition("attachment")).isTrue();
        assertThat(understood(disposition)).isEqualTo(name.value());
    }

    /** The name as a client reads it that knows filename*. */
    private static String understood(Matcher disposition) {
        String extended = disposition.group(2);
        if (extended != null) {
            return URLDecoder.decode(extended.replace("+", "%2B"), UTF_8);
        }
        return disposition.group(1) == null ? "" : disposition.group(1);
    }

    /** Whatever was accepted at creation can be downloaded. */
    private static void encodedMetadata(String value) {
        UploadMetadata metadata;
        try {
            metadata = UploadMetadata.parse(value.strip());
        } catch (UploadException.InvalidMetadata _) { // then there is nothing to download
            return;
        }
        String disposition = FileName.of(metadata).disposition("attachment");
        assertThat(disposition).matches(DISPOSITION);
        assertThat(ServedType.of(metadata).value().getBytes(ISO_8859_1)).hasSizeLessThan(256);
    }

    private static void address(String text, byte[] bytes) throws UnknownHostException {
        AddressRange range;
        try {
            range = AddressRange.of(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("IP addresses or CIDR blocks");
            return;
        }
        assertThat(text).matches("[0-9a-fA-FxX.:\\[\\]%]+(/[0-9]{1,3})?");
        assertThat(range.contains(range.network())).isTrue();
        InetAddress network = range.network();
        byte[] other = network.getAddress();
        System.arraycopy(bytes, 0, other, 0, Math.min(bytes.length, other.length));
        int host = other.length * Byte.SIZE - range.prefix();
        boolean inside =
                new BigInteger(1, other)
                        .shiftRight(host)
                        .equals(new BigInteger(1, network.getAddress()).shiftRight(host));
        assertThat(range.contains(InetAddress.getByAddress(other))).isEqualTo(inside);
        String again = network.getHostAddress() + "/" + range.prefix();
        assertThat(AddressRange.of(again)).isEqualTo(range);
    }
}
