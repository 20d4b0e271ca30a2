package io.longhaul.client.cli.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhaul.client.cli.shell.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class FileSelectionTests {

    @TempDir private Path directory;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void createFiles() throws IOException {
        Files.createDirectories(directory.resolve("photos/2020"));
        for (String name :
                List.of("a.txt", ".hidden.txt", "photos/one.jpg", "photos/2020/two.jpg")) {
            Files.writeString(directory.resolve(name), name);
        }
    }

    @Test
    void describesAFile() {
        assertThat(select("a.txt"))
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.length()).hasValue(5);
                            assertThat(one.metadata())
                                    .containsEntry("filename", "a.txt")
                                    .containsEntry("filetype", "text/plain")
                                    .doesNotContainKey("relativePath");
                        });
    }

    @Test
    void takesAllBelowAFolderWithItsPlaceInIt() {
        assertThat(select("photos"))
                .extracting(one -> one.metadata().get("relativePath"))
                .containsExactly("photos/2020/two.jpg", "photos/one.jpg");
    }

    @Test
    void expandsPatternsThatTheShellHasLeft() {
        assertThat(select("photos/*.jpg")).hasSize(1);
        assertThat(select("photos/**.jpg")).hasSize(2);
        assertThat(select("*/*/t?o.{jpg,png}")).hasSize(1);
    }

    @Test
    void leavesHiddenFilesOutOfPatterns() {
        assertThat(select("*.txt")).extracting(Selected::name).allMatch(n -> n.endsWith("a.txt"));
        assertThat(select(".*.txt")).hasSize(1);
    }

    @Test
    void takesAFileWhoseNameLooksLikeAPattern() throws IOException {
        Files.writeString(directory.resolve("[b].txt"), "");
        assertThat(select("[b].txt")).hasSize(1);
    }

    @Test
    void takesStandardInputOnce() {
        assertThat(FileSelection.of(List.of("-"), notes::add).get(0).path()).isEmpty();
        assertThatThrownBy(() -> FileSelection.of(List.of("-", "-"), notes::add))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("once");
    }

    @Test
    void refusesWhatDoesNotExist() {
        assertThatThrownBy(() -> select("b.txt")).hasMessageEndingWith("b.txt does not exist");
        assertThatThrownBy(() -> select("*.png")).hasMessageContaining("nothing matches");
        assertThatThrownBy(() -> select("nowhere/*.png")).hasMessageContaining("nothing matches");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysWhatItLeavesOutOfAFolder() throws IOException {
        Path photos = directory.resolve("photos");
        Files.createSymbolicLink(photos.resolve("circle"), photos);
        Files.createSymbolicLink(photos.resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(photos.resolve("linked"), directory.resolve("a.txt"));
        assertThat(select("photos")).hasSize(3);
        assertThat(notes)
                .containsExactlyInAnyOrder(
                        photos.resolve("circle") + " left out: a link to a folder",
                        photos.resolve("dangling") + " left out: a link to nothing");
    }

    private List<Selected> select(String... words) {
        List<String> absolute = Arrays.stream(words).map(word -> directory + "/" + word).toList();
        return FileSelection.of(absolute, notes::add);
    }
}
