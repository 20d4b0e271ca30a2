package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A proxy that is trusted says which host the client addressed. */
class TrustedProxyTests extends TusTranscript {

    TrustedProxyTests() {
        super("longhaul.http.trusted-proxies=127.0.0.0/8,::1");
    }

    @Test
    void absolutePartialUrlsMayHaveTheForwardedHost() throws IOException {
        String partial = create("Upload-Length: 0", "Upload-Concat: partial");

        assertThat(
                        exchange(
                                        "POST",
                                        "/files",
                                        "Content-Length: 0",
                                        "X-Forwarded-Host: uploads.example.org",
                                        "X-Forwarded-Proto: https",
                                        "Upload-Concat: final;https://uploads.example.org"
                                                + partial)
                                .status())
                .isEqualTo(201);
    }

    @Test
    void absolutePartialUrlsOfOtherHostsStayForeign() throws IOException {
        String partial = create("Upload-Length: 0", "Upload-Concat: partial");

        assertThat(
                        exchange(
                                        "POST",
                                        "/files",
                                        "Content-Length: 0",
                                        "X-Forwarded-Host: uploads.example.org",
                                        "Upload-Concat: final;https://elsewhere.example.org"
                                                + partial)
                                .text())
                .startsWith("invalid-partial");
    }
}
