package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Without a trusted proxy, forwarded headers are words of the client. */
class UntrustedProxyTests extends TusTranscript {

    @Test
    void forwardedHostOfAnybodyIsNotBelieved() throws IOException {
        String partial = create("Upload-Length: 0", "Upload-Concat: partial");

        RawResponse response =
                exchange(
                        "POST",
                        "/files",
                        "Content-Length: 0",
                        "X-Forwarded-Host: uploads.example.org",
                        "Upload-Concat: final;https://uploads.example.org" + partial);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("invalid-partial");
    }
}
