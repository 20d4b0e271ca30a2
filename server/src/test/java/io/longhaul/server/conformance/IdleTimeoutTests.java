package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that sends nothing for longer than the read idle timeout is cut. */
@Timeout(30)
class IdleTimeoutTests extends TusTranscript {

    IdleTimeoutTests() {
        super("longhaul.http.read-idle-timeout=1s");
    }

    @Test
    void silentBodyIsCutAndWhatArrivedIsKept() throws IOException {
        String path = create("Upload-Length: 10");
        try (RawConnection silent = connect()) {
            silent.request(
                    head(
                            "PATCH",
                            path,
                            "Content-Type: application/offset+octet-stream",
                            "Upload-Offset: 0",
                            "Content-Length: 10"));
            silent.send("hello");

            RawResponse response = silent.read();

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).startsWith("body-cut");
            assertThat(silent.isClosedByServer()).isTrue();
        }
        assertThat(offset(path)).isEqualTo(5);
        assertThat(append(path, 5, "world").status()).isEqualTo(204);
        assertThat(text(path)).isEqualTo("helloworld");
    }
}
