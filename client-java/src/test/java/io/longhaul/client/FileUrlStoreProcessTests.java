package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileUrlStoreProcessTests {

    @TempDir private Path directory;

    @Test
    void twoProcessesWriteAndAThirdReadsAtOnce() throws Exception {
        try (StoreProcess first = StoreProcess.start("write", directory, "first");
                StoreProcess second = StoreProcess.start("write", directory, "second")) {
            boolean ended = false;
            while (!ended) {
                ended = first.endsWithin(1) && second.endsWithin(1);
                assertAllWhole();
            }
            assertThat(first.exitCode()).isZero();
            assertThat(second.exitCode()).isZero();
        }
        assertThat(FileUrlStore.uploads(directory))
                .extracting(StoredUpload::fingerprint)
                .containsExactlyInAnyOrderElementsOf(StoreProcess.sources());
        assertThat(files(".tmp")).isEmpty();
    }

    @RepeatedTest(5)
    void everyFileIsWholeAfterItsWriterWasKilled() throws Exception {
        try (StoreProcess writer = StoreProcess.start("write for ever", directory, "w")) {
            assertThat(writer.output().read()).isEqualTo('w');
            assertThat(writer.endsWithin(new Random().nextInt(20, 300))).isFalse();
        }

        assertAllWhole();
        assertThat(FileUrlStore.uploads(directory)).isNotEmpty();
        assertThat(files(".tmp")).hasSizeLessThanOrEqualTo(1);
    }

    private void assertAllWhole() throws IOException {
        // Listed first: a file that is there stays there, whatever is written meanwhile.
        int files = files(".upload").size();
        List<StoredUpload> uploads = FileUrlStore.uploads(directory);
        assertThat(uploads.size()).isGreaterThanOrEqualTo(files);
        assertThat(uploads)
                .allSatisfy(
                        upload ->
                                assertThat(upload.notes().get("long"))
                                        .isEqualTo(StoreProcess.note(upload.url().toString())));
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
