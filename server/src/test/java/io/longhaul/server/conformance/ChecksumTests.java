package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Appends with {@code Upload-Checksum} (tus 1.0.0, Checksum). */
final class ChecksumTests extends TusTranscript {

    private static final String DIGITS = "123456789";
    private static final String SHA1_OF_DIGITS = "sha1 98O8HYCOBHMq32eZZczDTKeuNEE=";

    ChecksumTests() {
        super(STORED);
    }

    private static String header(String checksum) {
        return "Upload-Checksum: " + checksum;
    }

    private static String checksum(String algorithm, String hex) {
        return header(
                algorithm + " " + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)));
    }

    private static String sha1(byte[] bytes) throws Exception {
        return header(Sha1.of(bytes));
    }

    private void awaitHolders(int count) {
        await().until(() -> server().part(Holders.class).count() == count);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "digests-of-123456789.csv")
    void acceptsBytesThatHaveTheirChecksum(String algorithm, String hex) throws IOException {
        String path = create("Upload-Length: 9");

        RawResponse response = append(path, 0, DIGITS, checksum(algorithm, hex));

        assertThat(response.status()).as(response.toString()).isEqualTo(204);
        assertThat(response.required("Upload-Offset")).isEqualTo("9");
        assertThat(text(path)).isEqualTo(DIGITS);
    }

    @ParameterizedTest
    @OnDisk
    @CsvFileSource(resources = "digests-of-123456789.csv")
    void discardsBytesThatDoNotAndGoesOn(String algorithm, String hex) throws IOException {
        String path = create("Upload-Length: 13");
        append(path, 0, "ABCD");

        RawResponse refused = append(path, 4, "123456780", checksum(algorithm, hex));

        assertThat(refused.status()).isEqualTo(460);
        assertThat(refused.text()).startsWith("checksum-mismatch");
        assertThat(offset(path)).isEqualTo(4);
        assertThat(contentFile(path)).hasSize(4);
        assertThat(append(path, 4, DIGITS, checksum(algorithm, hex)).status()).isEqualTo(204);
        assertThat(text(path)).isEqualTo("ABCD123456789");
    }

    @Test
    void verifiesTheRequestsBytesOnlyNotTheUploadsBefore() throws IOException {
        String path = create("Upload-Length: 18");
        append(path, 0, DIGITS);

        assertThat(append(path, 9, DIGITS, header(SHA1_OF_DIGITS)).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha3 98O8HYCOBHMq32eZZczDTKeuNEE=",
                "SHA1 98O8HYCOBHMq32eZZczDTKeuNEE=",
                "sha-1 98O8HYCOBHMq32eZZczDTKeuNEE="
            })
    void refusesAlgorithmsThatItDoesNotHave(String value) throws IOException {
        String path = create("Upload-Length: 9");

        RawResponse response = append(path, 0, DIGITS, header(value));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .startsWith("unsupported-checksum-algorithm")
                .contains("sha1, sha256, sha512, md5, crc32, crc32c");
        assertThat(offset(path)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha1",
                "sha1 ",
                "sha1 !!!!",
                "sha1 98O8HYCOBHMq32eZZczDTKeuNE",
                "sha256 98O8HYCOBHMq32eZZczDTKeuNEE=",
                "crc32 y_Q5Jg==",
                "sha1 98O8HYCOBHMq32eZZczDTKeuNEE=, md5 JfnnlDI7RThY9RgfG2JNCw=="
            })
    void refusesWhatIsNoChecksum(String value) throws IOException {
        String path = create("Upload-Length: 9");

        RawResponse response = append(path, 0, DIGITS, header(value));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("invalid-checksum");
        assertThat(offset(path)).isZero();
    }

    @Test
    void refusesTwoChecksums() throws IOException {
        String path = create("Upload-Length: 9");

        RawResponse response =
                append(path, 0, DIGITS, header(SHA1_OF_DIGITS), header(SHA1_OF_DIGITS));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("repeated-header");
        assertThat(offset(path)).isZero();
    }

    @Test
    void keepsNothingOfABodyThatWasCutBeforeItCouldBeVerified() throws Exception {
        byte[] bytes = TestBytes.random(1, 200_000);
        String path = create("Upload-Length: 200000");

        try (RawConnection client = beginAppend(path, 0, bytes.length, sha1(bytes))) {
            client.send(Arrays.copyOf(bytes, 150_000));
            awaitArrival();
            client.reset();
        }
        awaitHolders(0);

        assertThat(offset(path)).isZero();
        assertThat(append(path, 0, bytes, sha1(bytes)).status()).isEqualTo(204);
        assertThat(content(path)).isEqualTo(bytes);
    }

    @Test
    void doesNotCommitBeforeItHasVerifiedAlsoWhenHeadAsks() throws Exception {
        byte[] bytes = TestBytes.random(2, 1 << 20);
        String path = create("Upload-Length: " + bytes.length);
        try (SteadyAppend append =
                SteadyAppend.begin(
                        beginAppend(path, 0, bytes.length, sha1(bytes)), bytes, 1 << 14)) {
            awaitArrival();

            assertThat(offset(path)).isZero();
            assertThat(offset(path)).isZero();

            assertThat(append.isAnswered()).isFalse();
            assertThat(append.hurry().answer().orElseThrow().status()).isEqualTo(204);
        }
        assertThat(content(path)).isEqualTo(bytes);
    }

    @Test
    void creationWithVerifiedBytesCreates() throws IOException {
        RawResponse response = createWith(DIGITS, header(SHA1_OF_DIGITS));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.required("Upload-Offset")).isEqualTo("9");
        assertThat(text(response.required("Location"))).isEqualTo(DIGITS);
    }

    @Test
    void creationWithOtherBytesLeavesNoUpload() throws IOException {
        RawResponse response = createWith("123456780", header(SHA1_OF_DIGITS));

        assertThat(response.status()).isEqualTo(460);
        assertThat(response.header("Location")).isNull();
    }

    private RawResponse createWith(String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Upload-Length: 9";
        all[headers.length + 1] = "Content-Type: application/offset+octet-stream";
        return exchange("POST", "/files", body.getBytes(US_ASCII), all);
    }
}
