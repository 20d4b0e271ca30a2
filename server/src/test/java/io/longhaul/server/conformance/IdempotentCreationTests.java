package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A repeated creation with the client's own name for it finds the same upload. */
class IdempotentCreationTests extends CoreTranscript {

    private RawResponse withBytes(String bytes, String... headers) throws IOException {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = BYTES;
        all[1] = "Upload-Length: 11";
        return exchange("POST", "/files", bytes.getBytes(US_ASCII), all);
    }

    @Test
    void sameKeyAndLengthFindTheUpload() throws IOException {
        String upload = create("Upload-Length: 5", "Idempotency-Key: same");

        assertThat(create("Upload-Length: 5", "Idempotency-Key: same")).isEqualTo(upload);
        assertThat(create("Upload-Length: 5", "Idempotency-Key: Same")).isNotEqualTo(upload);
    }

    @Test
    void anotherLengthIsAnotherUpload() throws IOException {
        String five = create("Upload-Length: 5", "Idempotency-Key: length");
        String six = create("Upload-Length: 6", "Idempotency-Key: length");
        String deferred = create("Upload-Defer-Length: 1", "Idempotency-Key: length");

        assertThat(Set.of(five, six, deferred)).hasSize(3);
        assertThat(create("Upload-Defer-Length: 1", "Idempotency-Key: length")).isEqualTo(deferred);
        assertThat(exchange("HEAD", six).header("Upload-Length")).isEqualTo("6");
    }

    @Test
    void withoutKeyEveryCreationIsNew() throws IOException {
        assertThat(create("Upload-Length: 5")).isNotEqualTo(create("Upload-Length: 5"));
    }

    @Test
    void metadataMayNameTheCreation() throws IOException {
        String upload = create("Upload-Length: 5", "Upload-Metadata: name YQ==,clientid aWQ=");

        assertThat(create("Upload-Length: 5", "Upload-Metadata: clientid aWQ=")).isEqualTo(upload);
        assertThat(create("Upload-Length: 5", "Upload-Metadata: clientid aWR4"))
                .isNotEqualTo(upload);
        assertThat(
                        create(
                                "Upload-Length: 5",
                                "Idempotency-Key: other",
                                "Upload-Metadata: clientid aWQ="))
                .isNotEqualTo(upload);
    }

    @Test
    void concurrentRepeatsMakeOneUpload() throws Exception {
        Callable<String> creation = () -> create("Upload-Length: 5", "Idempotency-Key: many");
        Set<String> uploads = new HashSet<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> upload : clients.invokeAll(Collections.nCopies(16, creation))) {
                uploads.add(upload.get());
            }
        }
        assertThat(uploads).hasSize(1);
    }

    @Test
    void afterTerminationTheUploadIsNew() throws IOException {
        String upload = create("Upload-Length: 5", "Idempotency-Key: terminated");
        assertStatus(exchange("DELETE", upload), 204);

        String next = create("Upload-Length: 5", "Idempotency-Key: terminated");

        assertThat(next).isNotEqualTo(upload);
        assertThat(offset(next)).isZero();
    }

    @Test
    void repeatTellsTheOffsetAndAppendsNothing() throws IOException {
        String upload = withBytes("hello", "Idempotency-Key: bytes").required("Location");

        RawResponse again = withBytes("hello", "Idempotency-Key: bytes");

        assertStatus(again, 201);
        assertThat(again.header("Location")).isEqualTo(upload);
        assertThat(again.header("Upload-Offset")).isEqualTo("5");
        append(upload, 5, " world");
        assertThat(text(upload)).isEqualTo("hello world");
    }

    @Test
    void repeatWithoutBytesTellsTheOffset() throws IOException {
        String upload = withBytes("hello", "Idempotency-Key: without").required("Location");

        RawResponse again =
                exchange("POST", "/files", "Upload-Length: 11", "Idempotency-Key: without");

        assertThat(again.header("Location")).isEqualTo(upload);
        assertThat(again.header("Upload-Offset")).isEqualTo("5");
    }

    @Test
    void completeUploadIsFoundAsWell() throws IOException {
        String upload = withBytes("hello world", "Idempotency-Key: whole").required("Location");

        RawResponse again = withBytes("hello world", "Idempotency-Key: whole");

        assertThat(again.header("Location")).isEqualTo(upload);
        assertThat(again.header("Upload-Offset")).isEqualTo("11");
        assertThat(text(upload)).isEqualTo("hello world");
    }

    @Test
    void bytesMayComeWithTheRepeat() throws IOException {
        String upload = create("Upload-Length: 11", "Idempotency-Key: late");

        RawResponse again = withBytes("hello world", "Idempotency-Key: late");

        assertThat(again.header("Location")).isEqualTo(upload);
        assertThat(again.header("Upload-Offset")).isEqualTo("11");
        assertThat(text(upload)).isEqualTo("hello world");
    }
}
