package io.longhaul.client.cli.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTargetTests {

    private static final URI URL = URI.create("http://h/files/1");
    private static final Entity ENTITY = new Entity(Optional.of("\"a\""), OptionalLong.of(6));

    @TempDir private Path directory;

    @Test
    void goesOnWhereItWas() throws IOException {
        write(ENTITY, "abc");
        try (FileTarget target = open(URL)) {
            assertThat(target.position()).isEqualTo(3);
            assertThat(target.entity()).isEqualTo(ENTITY);
            target.write(UTF_8.encode("def"));
            target.complete();
        }
        assertThat(directory.resolve("file")).hasContent("abcdef");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void beginsAnewForAnotherUrl() throws IOException {
        write(ENTITY, "abc");
        try (FileTarget target = open(URI.create("http://h/files/2"))) {
            assertThat(target.position()).isZero();
        }
    }

    @Test
    void beginsAnewWhereNothingSaysWhatIsThere() throws IOException {
        write(new Entity(Optional.empty(), OptionalLong.of(6)), "abc");
        try (FileTarget target = open(URL)) {
            assertThat(target.position()).isZero();
        }
    }

    @Test
    void beginsAnewWhenMoreIsThereThanThereCanBe() throws IOException {
        write(ENTITY, "abcdefg");
        try (FileTarget target = open(URL)) {
            assertThat(target.position()).isZero();
        }
    }

    @Test
    void isForOneAtATime() throws IOException {
        try (FileTarget first = open(URL)) {
            assertThat(first.position()).isZero();
            assertThatThrownBy(() -> open(URL))
                    .isInstanceOfAny(IOException.class, OverlappingFileLockException.class);
        }
    }

    private void write(Entity entity, String text) throws IOException {
        try (FileTarget target = open(URL)) {
            target.begin(entity);
            target.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    private FileTarget open(URI url) throws IOException {
        return FileTarget.open(url, directory.resolve("file"));
    }
}
