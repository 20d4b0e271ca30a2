package io.longhaul.client.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhaul.client.SourceChangedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileContentTests {

    private static final int LENGTH = 5 << 20;

    @TempDir private Path directory;

    @Test
    void sameFileHasTheSameFingerprint() throws IOException {
        Path file = file();
        assertThat(fingerprint(file)).isEqualTo(fingerprint(file));
    }

    @Test
    void fingerprintTellsFilesApartThatOnlyDifferInAByteAtAnEnd() throws IOException {
        Path file = file();
        FileTime time = Files.getLastModifiedTime(file);
        String before = fingerprint(file);
        for (int position : new int[] {0, LENGTH - 1}) {
            byte[] changed = content();
            changed[position]++;
            Files.write(file, changed);
            Files.setLastModifiedTime(file, time);
            assertThat(fingerprint(file)).isNotEqualTo(before);
        }
    }

    @Test
    void fingerprintTellsModificationTimesApart() throws IOException {
        Path file = file();
        String before = fingerprint(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(fingerprint(file)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsTheBytesOfTheFile(boolean mapped) throws IOException {
        byte[] all = new byte[LENGTH];
        try (OpenContent open = new FileContent(file()).open(mapped)) {
            for (int at = 0; at < LENGTH; ) {
                ByteBuffer bytes = open.bytes(at, 100_000);
                int read = bytes.remaining();
                assertThat(read).isBetween(1, 100_000);
                bytes.get(all, at, read);
                at += read;
            }
        }
        assertThat(all).isEqualTo(content());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatTheFileGotShorter(boolean mapped) throws IOException {
        Path file = file();
        try (OpenContent open = new FileContent(file).open(mapped)) {
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(100);
            }
            assertThatThrownBy(() -> open.bytes(200, 100))
                    .isInstanceOf(SourceChangedException.class)
                    .hasMessageContaining("it was " + LENGTH + " bytes")
                    .hasMessageContaining("it is 100 bytes");
        }
    }

    @Test
    void saysThatTheFileGrew() throws IOException {
        Path file = file();
        try (OpenContent open = new FileContent(file).open(false)) {
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
            assertThatThrownBy(open::verify)
                    .isInstanceOf(SourceChangedException.class)
                    .hasMessageContaining("it is " + (LENGTH + 1) + " bytes");
        }
    }

    @Test
    void saysThatThereIsNoFile() {
        var content = new FileContent(directory.resolve("none"));
        assertThatThrownBy(content::fingerprint)
                .isInstanceOf(SourceChangedException.class)
                .hasMessageEndingWith("none does not exist");
    }

    @Test
    void saysThatItIsNoFile() {
        assertThatThrownBy(new FileContent(directory)::fingerprint)
                .isInstanceOf(SourceChangedException.class)
                .hasMessageEndingWith("is not a file");
    }

    private Path file() throws IOException {
        return Files.write(directory.resolve("file"), content());
    }

    private static byte[] content() {
        byte[] bytes = new byte[LENGTH];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static String fingerprint(Path file) throws IOException {
        return new FileContent(file).fingerprint().orElseThrow();
    }
}
