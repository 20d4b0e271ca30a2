package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TemporaryDisk;
import io.longhaul.server.testing.TestServer;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What clients see when the disk is full: on a small one, which only root can mount. */
@OnDisk
final class FullDiskTests extends TusTranscript {

    private static final int MIB = 1 << 20;

    private final TemporaryDisk disk;

    FullDiskTests() throws IOException, InterruptedException {
        super(STORED, "longhaul.disk-reserve=2MB");
        disk = new TemporaryDisk(Files.createTempDirectory("longhaul-disk"), "size=48m");
    }

    @Override
    protected TestServer start(String... settings) {
        assumeTrue(disk.isMounted(), "SKIPPED: a small disk can be mounted by root only");
        try {
            return TestServer.start(
                    Files.createDirectory(disk.directory().resolve("test")), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void unmount() throws IOException {
        if (disk.isMounted()) {
            server().close();
            disk.close();
        }
        Files.delete(disk.directory());
    }

    private String uploaded(int mebibytes) throws IOException {
        String path = create("Upload-Length: " + mebibytes * MIB);
        assertThat(append(path, 0, new byte[mebibytes * MIB]).status()).isEqualTo(204);
        return path;
    }

    private void assertStorageFull(RawResponse response) {
        assertThat(response.status()).as(response.text()).isEqualTo(507);
        assertThat(response.text()).startsWith("storage-full");
        assertThat(response.required("Retry-After")).isEqualTo("5");
    }

    @Test
    void keepsWhatFitsAndGoesOnWhenThereIsSpace() throws IOException {
        byte[] bytes = TestBytes.random(1, 24 * MIB);
        String other = uploaded(20);
        String path = create("Upload-Length: " + bytes.length);

        assertStorageFull(append(path, 0, bytes));

        int kept = Math.toIntExact(offset(path));
        assertThat(kept).isBetween(MIB, 23 * MIB);
        byte[] rest = Arrays.copyOfRange(bytes, kept, bytes.length);
        assertStorageFull(append(path, kept, rest));
        int more = Math.toIntExact(offset(path));
        assertThat(more).isGreaterThanOrEqualTo(kept);
        assertThat(exchange("DELETE", other).status()).isEqualTo(204);

        rest = Arrays.copyOfRange(bytes, more, bytes.length);
        assertThat(append(path, more, rest).status()).isEqualTo(204);
        assertThat(content(path)).isEqualTo(bytes);
        exchange("DELETE", path);
    }

    @Test
    void keepsNothingThatIsNotVerified() throws Exception {
        byte[] bytes = TestBytes.random(2, 24 * MIB);
        String other = uploaded(20);
        String path = create("Upload-Length: " + bytes.length);

        assertStorageFull(append(path, 0, bytes, "Upload-Checksum: " + Sha1.of(bytes)));

        assertThat(offset(path)).isZero();
        assertThat(contentFile(path)).doesNotExist();
        exchange("DELETE", path);
        exchange("DELETE", other);
    }

    @Test
    void refusesNewUploadsOnceTheirRecordsFitNoMore() throws IOException {
        Path ballast = disk.directory().resolve("ballast");
        String metadata = "Upload-Metadata: a " + "QUJD".repeat(3_000);
        String known = create("Upload-Length: 1");
        fill(ballast);
        try {
            RawResponse response = exchange("POST", "/files", "Upload-Length: 1", metadata);
            for (int i = 0; i < 5_000 && response.status() == 201; i++) {
                response = exchange("POST", "/files", "Upload-Length: 1", metadata);
            }

            assertStorageFull(response);
            assertThat(offset(known)).isZero();
        } finally {
            Files.delete(ballast);
        }
        await().until(() -> exchange("POST", "/files", "Upload-Length: 1").status() == 201);
    }

    private static void fill(Path ballast) {
        try (var out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4_096];
            while (true) {
                out.write(block);
            }
        } catch (IOException _) {
            // No space left: that was the purpose.
        }
    }
}
