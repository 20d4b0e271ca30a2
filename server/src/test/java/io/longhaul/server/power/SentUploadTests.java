package io.longhaul.server.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SentUploadTests {

    private static final String PATH = "/files/0123456789abcdef0123456789abcdef";

    @Test
    void aClaimMadeAfterTheRecordingIsNotDatedByItsPort() throws IOException {
        WireRecorder wire = new WireRecorder();
        new TraceText()
                .line("accept(5<TCP:[127.0.0.1:80]>, {sin_port=htons(4711)}, [16]) = 9<TCP:[x]>")
                .line("write(9<TCP:[127.0.0.1:80->[127.0.0.1]:4711]>, 'HTTP/1.1 201', 12) = 12")
                .read(wire);
        SentUpload upload = new SentUpload(PATH, new byte[7]);
        upload.claim(4712, 3);
        SentUpload recorded = upload.soFar();

        upload.claim(4711, 7);
        upload.terminating(4711);
        upload.claimTerminated(4711);

        assertThat(recorded.offset(wire, 2)).isEqualTo(-1);
        assertThat(recorded.isTerminated()).isFalse();
        assertThat(recorded.gone(wire, 2)).isFalse();
        assertThat(upload.offset(wire, 2)).isEqualTo(7);
        assertThat(upload.gone(wire, 2)).isTrue();
    }
}
