package io.longhaul.server.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class WireRecorderTests {

    private static final String UPLOAD = "0123456789abcdef0123456789abcdef";

    private final WireRecorder wire = new WireRecorder();

    @Test
    void anAnswerIsToldWhereItsFirstWriteBegins() throws IOException {
        new TraceText()
                .line("accept(5<TCP:[127.0.0.1:80]>, {sin_port=htons(4711)}, [16]) = 9<TCP:[x]>")
                .line(
                        "writev(9<TCP:[127.0.0.1:80->[127.0.0.1]:4711]>, [{iov_base='HTTP/1.1 204 No', iov_len=15}], 1 <unfinished ...>")
                .line("<... writev resumed>) = 15")
                .read(wire);

        assertThat(wire.accepted(4711)).hasValue(1);
        assertThat(wire.answered(4711)).hasValue(2);
        assertThat(wire.answered(4712)).isEmpty();
    }

    @Test
    void aPortOfTwoConnectionsTellsNothing() throws IOException {
        new TraceText()
                .line("accept(5<TCP:[127.0.0.1:80]>, {sin_port=htons(4711)}, [16]) = 9<TCP:[x]>")
                .line("accept(5<TCP:[127.0.0.1:80]>, {sin_port=htons(4711)}, [16]) = 9<TCP:[x]>")
                .read(wire);

        assertThat(wire.accepted(4711)).isEmpty();
    }

    @Test
    void anEventIsDeliveredWithItsLogLine() throws IOException {
        new TraceText()
                .line("write(1<'/log'>, 'Upload " + UPLOAD + " is complete with 5 bytes', 9) = 9")
                .read(wire);

        assertThat(wire.delivered(UPLOAD, 0)).isFalse();
        assertThat(wire.delivered(UPLOAD, 1)).isTrue();
    }
}
