package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.content.StoreUnavailableException;
import io.longhaul.server.protocol.http.HttpReply;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told while a store does not answer. */
final class StoreUnavailableTests {

    private final IOException away = new StoreUnavailableException("made up by the test");

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "DELETE", "GET"})
    void clientsAreToldToComeBack(String method) {
        HttpReply reply = UploadHandler.failed(method, "/files/1", away);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.problem().orElseThrow().code()).isEqualTo("store-unavailable");
        assertThat(reply.headers()).contains(new HttpReply.Header("Retry-After", "5"));
    }

    @Test
    void headIsLockedSoThatNobodyBeginsAnew() {
        HttpReply reply = UploadHandler.failed("HEAD", "/files/1", away);

        assertThat(reply.status()).isEqualTo(423);
        assertThat(reply.headers()).contains(new HttpReply.Header("Retry-After", "5"));
    }

    @Test
    void anotherFailureIsTheServers() {
        HttpReply reply = UploadHandler.failed("PATCH", "/files/1", new IOException("corrupt"));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.problem().orElseThrow().code()).isEqualTo("internal-error");
    }
}
