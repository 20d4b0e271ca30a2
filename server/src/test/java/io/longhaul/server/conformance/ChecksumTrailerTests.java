package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appends with the checksum behind the bytes (tus 1.0.0, Checksum: trailers). */
final class ChecksumTrailerTests extends TusTranscript {

    private static final String BODY = "4\r\n1234\r\n5\r\n56789\r\n0\r\n";
    private static final String RIGHT = "Upload-Checksum: sha1 98O8HYCOBHMq32eZZczDTKeuNEE=";
    private static final String WRONG = "Upload-Checksum: sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String ANNOUNCED = "Trailer: Upload-Checksum";

    ChecksumTrailerTests() {
        super(STORED);
    }

    /** Appends 123456789 at offset 0, in chunks. */
    private RawResponse appendChunks(String path, String trailer, String... headers)
            throws IOException {
        try (RawConnection client = connect()) {
            client.request(
                    head("PATCH", path, headers)
                            + """
                            Content-Type: application/offset+octet-stream
                            Upload-Offset: 0
                            Transfer-Encoding: chunked
                            """);
            String end = trailer.isEmpty() ? "\r\n" : trailer + "\r\n\r\n";
            RawResponse response = client.send(BODY + end).read();
            assertThat(client.exchange(head("HEAD", path)).status())
                    .as("the connection goes on")
                    .isEqualTo(200);
            return response;
        }
    }

    private void assertRefused(RawResponse response, int status, String code, String path)
            throws IOException {
        assertThat(response.status()).as(response.toString()).isEqualTo(status);
        assertThat(response.text()).startsWith(code);
        assertThat(offset(path)).isZero();
        assertThat(contentFile(path)).doesNotExist();
        assertThat(append(path, 0, "abcdefghi").status()).isEqualTo(204);
        assertThat(text(path)).isEqualTo("abcdefghi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {ANNOUNCED, "Trailer: upload-checksum", "Trailer: X-Other , Upload-Checksum"})
    void acceptsBytesThatHaveTheAnnouncedChecksum(String announcement) throws IOException {
        String path = create("Upload-Length: 9");

        RawResponse response = appendChunks(path, RIGHT, announcement);

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.required("Upload-Offset")).isEqualTo("9");
        assertThat(text(path)).isEqualTo("123456789");
    }

    @Test
    void acceptsEveryAlgorithmInATrailer() throws IOException {
        String path = create("Upload-Length: 9");

        assertThat(appendChunks(path, "upload-checksum: crc32c 4waSgw==", ANNOUNCED).status())
                .isEqualTo(204);
    }

    @Test
    void discardsBytesThatDoNotHaveTheAnnouncedChecksum() throws IOException {
        String path = create("Upload-Length: 9");

        assertRefused(appendChunks(path, WRONG, ANNOUNCED), 460, "checksum-mismatch", path);
    }

    @Test
    void discardsBytesWhoseAnnouncedChecksumDoesNotCome() throws IOException {
        String path = create("Upload-Length: 9");

        assertRefused(appendChunks(path, "", ANNOUNCED), 400, "missing-checksum", path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1 ????", "sha1", "md5 98O8HYCOBHMq32eZZczDTKeuNEE="})
    void discardsBytesWhoseChecksumIsNone(String value) throws IOException {
        String path = create("Upload-Length: 9");

        RawResponse response = appendChunks(path, "Upload-Checksum: " + value, ANNOUNCED);

        assertRefused(response, 400, "invalid-checksum", path);
    }

    @Test
    void refusesAnUnknownAlgorithmInATrailer() throws IOException {
        String path = create("Upload-Length: 9");

        RawResponse response = appendChunks(path, "Upload-Checksum: sha3 AAAA", ANNOUNCED);

        assertRefused(response, 400, "unsupported-checksum-algorithm", path);
    }

    /** It comes too late: nobody computed anything, and not every store can read bytes again. */
    @ParameterizedTest
    @ValueSource(strings = {RIGHT, WRONG})
    void refusesATrailerThatWasNotAnnounced(String trailer) throws IOException {
        String path = create("Upload-Length: 9");

        assertRefused(appendChunks(path, trailer), 400, "unannounced-checksum", path);
    }

    @Test
    void refusesAChecksumInHeaderAndTrailer() throws IOException {
        String path = create("Upload-Length: 9");

        RawResponse response = appendChunks(path, RIGHT, ANNOUNCED, RIGHT);

        assertRefused(response, 400, "repeated-header", path);
    }

    @Test
    void ignoresTrailersThatMeanNothingHere() throws IOException {
        String path = create("Upload-Length: 9");

        assertThat(appendChunks(path, "X-Other: value", "Trailer: X-Other").status())
                .isEqualTo(204);
    }
}
