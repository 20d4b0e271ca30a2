package io.longhaul.client.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhaul.client.SourceChangedException;
import io.longhaul.client.UploadLostException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StreamContentTests {

    private static final byte[] BYTES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void knowsTheLengthWhenTheEndIsSeen() throws IOException {
        StreamContent content = stream(OptionalLong.empty());
        assertThat(content.prepare(0, 6)).isEqualTo(6);
        assertThat(content.length()).isEmpty();
        assertThat(content.prepare(6, 6)).isEqualTo(4);
        assertThat(content.length()).hasValue(10);
    }

    @Test
    void knowsTheLengthAtOnceWhenTheEndFitsExactly() throws IOException {
        StreamContent content = stream(OptionalLong.empty());
        assertThat(content.prepare(0, 10)).isEqualTo(10);
        assertThat(content.length()).hasValue(10);
        assertThat(content.prepare(10, 10)).isZero();
    }

    @Test
    void keepsWhatTheServerDoesNotHaveYet() throws IOException {
        StreamContent content = stream(OptionalLong.empty());
        assertThat(content.prepare(0, 6)).isEqualTo(6);
        assertThat(content.prepare(2, 6)).isEqualTo(6);
        assertThat(bytes(content, 2, 6)).containsExactly(2, 3, 4, 5, 6, 7);
        assertThat(content.prepare(2, 3)).isEqualTo(3);
        assertThat(bytes(content, 2, 3)).containsExactly(2, 3, 4);
    }

    @Test
    void skipsWhatTheServerHasFromAnEarlierRun() throws IOException {
        StreamContent content = stream(OptionalLong.of(10));
        assertThat(content.prepare(7, 100)).isEqualTo(3);
        assertThat(bytes(content, 7, 3)).containsExactly(7, 8, 9);
    }

    @Test
    void buffersThatWereGivenStayAsTheyAre() throws IOException {
        StreamContent content = stream(OptionalLong.empty());
        assertThat(content.prepare(0, 4)).isEqualTo(4);
        ByteBuffer given = content.bytes(0, 4);
        assertThat(content.prepare(4, 4)).isEqualTo(4);
        assertThat(given.get(3)).isEqualTo((byte) 3);
    }

    @Test
    void cannotGoBackBeforeWhatTheServerHad() throws IOException {
        StreamContent content = stream(OptionalLong.empty());
        assertThat(content.prepare(0, 4)).isEqualTo(4);
        assertThat(content.prepare(4, 4)).isEqualTo(4);
        assertThatThrownBy(() -> content.prepare(0, 4))
                .isInstanceOf(UploadLostException.class)
                .hasMessage(
                        "the server is at offset 0, and a stream cannot be read again from before 4");
    }

    @Test
    void saysThatTheStreamIsShorterThanItsLength() {
        StreamContent content = stream(OptionalLong.of(12));
        assertThatThrownBy(() -> content.prepare(0, 100))
                .isInstanceOf(SourceChangedException.class)
                .hasMessage("the stream ended at 10 of 12 bytes");
    }

    @Test
    void saysThatTheServerHasMoreThanTheStream() {
        StreamContent content = stream(OptionalLong.empty());
        assertThatThrownBy(() -> content.prepare(11, 100))
                .isInstanceOf(SourceChangedException.class)
                .hasMessage("the stream ends before offset 11, where the server is");
    }

    private static StreamContent stream(OptionalLong length) {
        return new StreamContent(new ByteArrayInputStream(BYTES), length, Optional.empty(), false);
    }

    private static byte[] bytes(StreamContent content, long position, int length) {
        byte[] bytes = new byte[length];
        content.bytes(position, length).get(bytes);
        return bytes;
    }
}
