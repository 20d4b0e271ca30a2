package io.longhaul.client.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.FileUrlStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RememberedUploadTests {

    private static final URI ENDPOINT = URI.create("http://h/files");

    @TempDir private Path directory;

    @Test
    void readsWhatTheClientNotes() throws IOException {
        store("f", 1, Map.of("path", "/a", "length", "7", "metadata.filename", "ü"));
        assertThat(RememberedUpload.in(directory))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.path()).contains(Path.of("/a"));
                            assertThat(one.length()).hasValue(7);
                            assertThat(one.metadata()).isEqualTo(Map.of("filename", "ü"));
                            assertThat(one.pieces()).isEqualTo(1);
                        });
    }

    @Test
    void putsPiecesOfOneFileTogether() throws IOException {
        store("f+1/4", 1, Map.of("path", "/a", "piece", "1/4"));
        store("f+3/4", 2, Map.of("path", "/a", "piece", "3/4"));
        store("g", 3, Map.of("path", "/b"));
        assertThat(RememberedUpload.in(directory))
                .extracting(RememberedUpload::fingerprint, RememberedUpload::pieces)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("f", 4),
                        org.assertj.core.groups.Tuple.tuple("g", 1));
    }

    @Test
    void readsWhenTheServerForgetsIt() throws IOException {
        store("f", 1, Map.of("expires", "Sat, 21 Nov 2026 05:00:00 GMT"));
        store("g", 2, Map.of("expires", "one day"));
        assertThat(RememberedUpload.in(directory))
                .extracting(RememberedUpload::expires)
                .containsExactlyInAnyOrder(
                        java.util.Optional.of(Instant.parse("2026-11-21T05:00:00Z")),
                        java.util.Optional.empty());
    }

    private void store(String fingerprint, int number, Map<String, String> notes)
            throws IOException {
        URI url = ENDPOINT.resolve("/files/" + number);
        new FileUrlStore(directory, ENDPOINT).set(fingerprint, url.toURL(), notes);
    }
}
