package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content is kept as it comes and given as it is kept: nobody here packs or unpacks it. */
class ContentCodingTests extends CoreTranscript {

    /** A megabyte of zeros in about a thousand bytes. */
    private static byte[] packed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[1 << 20]);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "gzip, gzip", "x"})
    void packedBytesStayAsTheyCame(String coding) throws IOException {
        byte[] bytes = packed();
        String upload = create("Upload-Length: " + bytes.length);

        assertStatus(append(upload, 0, bytes, "Content-Encoding: " + coding), 204);

        assertThat(offset(upload)).isEqualTo(bytes.length);
        assertThat(content(upload)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "*", "identity;q=0, gzip", "br, zstd"})
    void downloadsAreNotPacked(String accepted) throws IOException {
        String upload = create("Upload-Length: 2000", "Upload-Metadata: filetype dGV4dC9wbGFpbg==");
        append(upload, 0, "a".repeat(2000));

        RawResponse response = exchange("GET", upload, "Accept-Encoding: " + accepted);

        assertThat(response.header("Content-Encoding")).isNull();
        assertThat(response.header("Content-Length")).isEqualTo("2000");
        assertThat(response.text()).isEqualTo("a".repeat(2000));
    }

    @Test
    void offsetsAreOfTheBytesThemselves() throws IOException {
        String upload = create("Upload-Length: 2000");
        append(upload, 0, "a".repeat(1000));

        RawResponse response = exchange("HEAD", upload, "Accept-Encoding: gzip");

        assertThat(response.header("Upload-Offset")).isEqualTo("1000");
        assertThat(response.header("Content-Encoding")).isNull();
    }
}
