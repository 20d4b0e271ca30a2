package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Small uploads, whose bytes are kept in their records: clients see no difference. */
final class SmallUploadTests extends TusTranscript {

    private static final int LARGEST = 16 << 10;

    private String uploaded(byte[] bytes) throws IOException {
        String path = create("Upload-Length: " + bytes.length);
        assertThat(append(path, 0, bytes).status()).isEqualTo(204);
        return path;
    }

    @Test
    @OnDisk
    void theLargestHasNoFileAndOneByteMoreHas() throws IOException {
        byte[] bytes = TestBytes.random(1, LARGEST + 1);
        byte[] largest = TestBytes.random(2, LARGEST);
        String small = uploaded(largest);
        String larger = uploaded(bytes);

        assertThat(contentFile(small)).doesNotExist();
        assertThat(content(small)).isEqualTo(largest);
        assertThat(contentFile(larger)).hasSize(LARGEST + 1);
        assertThat(content(larger)).isEqualTo(bytes);
    }

    @Test
    void isThereAfterARestart() throws IOException {
        String path = uploaded("hello world".getBytes(US_ASCII));
        restart();

        assertThat(exchange("HEAD", path).header("Upload-Offset")).isEqualTo("11");
        assertThat(text(path)).isEqualTo("hello world");
        RawResponse range = exchange("GET", path, "Range: bytes=4-6");
        assertThat(range.status()).isEqualTo(206);
        assertThat(range.text()).isEqualTo("o w");
    }

    @Test
    void takesAnEmptyAppendAtItsEndAndNoOtherOne() throws IOException {
        String path = create("Upload-Length: 5");
        append(path, 0, "hello");

        assertThat(append(path, 5, "").status()).isEqualTo(204);
        assertThat(append(path, 5, "!").status()).isEqualTo(413);
        assertThat(append(path, 0, "hello").status()).isEqualTo(409);
        assertThat(text(path)).isEqualTo("hello");
    }

    @Test
    void isGoneAfterTermination() throws IOException {
        String path = create("Upload-Length: 5");
        append(path, 0, "hello");

        assertThat(exchange("DELETE", path).status()).isEqualTo(204);
        assertThat(exchange("HEAD", path).status()).isEqualTo(410);
        assertThat(exchange("GET", path).status()).isEqualTo(410);
    }
}
