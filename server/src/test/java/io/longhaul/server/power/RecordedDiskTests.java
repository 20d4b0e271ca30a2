package io.longhaul.server.power;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordedDiskTests {

    private static final int END = Integer.MAX_VALUE;

    @TempDir private Path target;

    /** A directory with a file of four bytes, all forced. */
    private static TraceText forced() {
        return new TraceText()
                .line("mkdir('/disk/data', 0700) = 0")
                .line("fsync(3<'/disk'>) = 0")
                .line(
                        "openat(AT_FDCWD<'/'>, '/disk/data/f', O_RDWR|O_CREAT, 0600) = 4<'/disk/data/f'>")
                .line("pwrite64(4<'/disk/data/f'>, 'abcd', 4, 0) = 4")
                .line("fdatasync(4<'/disk/data/f'>) = 0")
                .line("fsync(5<'/disk/data'>) = 0");
    }

    private String left(RecordedDisk disk, int line, Survival survival) throws IOException {
        FileUtils.cleanDirectory(target.toFile());
        disk.write(line, survival, target);
        Path file = target.resolve("data/f");
        return Files.exists(file) ? Files.readString(file, ISO_8859_1) : "none";
    }

    @Test
    void keepsWhatWasForcedOnceTheForceHasEnded() throws IOException {
        RecordedDisk disk = forced().disk();

        assertThat(left(disk, 5, Survival.NOTHING)).isEqualTo("none"); // it has no name yet
        assertThat(left(disk, 6, Survival.NOTHING)).isEqualTo("abcd");
        assertThat(left(disk, 5, Survival.EVERYTHING)).isEqualTo("abcd");
        assertThat(left(disk, 3, Survival.EVERYTHING)).isEmpty();
    }

    @Test
    void aForceCoversOnlyWhatHadEndedWhenItBegan() throws IOException {
        RecordedDisk disk =
                forced().line(1, "fdatasync(4<'/disk/data/f'> <unfinished ...>")
                        .line(2, "pwrite64(4<'/disk/data/f'>, 'XY', 2, 0) = 2")
                        .line(1, "<... fdatasync resumed>) = 0")
                        .disk();

        assertThat(left(disk, END, Survival.NOTHING)).isEqualTo("abcd");
        assertThat(left(disk, END, Survival.EVERYTHING)).isEqualTo("XYcd");
    }

    @Test
    void aForceThatFailedCoversNothing() throws IOException {
        RecordedDisk disk =
                forced().line("pwrite64(4<'/disk/data/f'>, 'XY', 2, 0) = 2")
                        .line("fdatasync(4<'/disk/data/f'>) = -1 EIO (Input/output error)")
                        .disk();

        assertThat(left(disk, END, Survival.NOTHING)).isEqualTo("abcd");
    }

    @Test
    void anUnlinkMayBeUndone() throws IOException {
        RecordedDisk disk = forced().line("unlink('/disk/data/f') = 0").disk();

        assertThat(left(disk, END, Survival.NOTHING)).isEqualTo("abcd");
        assertThat(left(disk, END, Survival.EVERYTHING)).isEqualTo("none");
    }

    @Test
    void aFileThatTookTheNameOfAnotherIsNotTheOther() throws IOException {
        RecordedDisk disk =
                forced().line("unlink('/disk/data/f') = 0")
                        .line(
                                "openat(AT_FDCWD<'/'>, '/disk/data/f', O_RDWR|O_CREAT, 0600) = 6<'/disk/data/f'>")
                        .line("pwrite64(4<'/disk/data/f'>(deleted), 'XX', 2, 0) = 2")
                        .line("pwrite64(6<'/disk/data/f'>, 'new', 3, 0) = 3")
                        .disk();

        assertThat(left(disk, END, Survival.EVERYTHING)).isEqualTo("new");
        assertThat(left(disk, END, Survival.NOTHING)).isEqualTo("abcd");
    }

    @Test
    void aRenameIsKeptAsAWhole() throws IOException {
        RecordedDisk disk = forced().line("rename('/disk/data/f', '/disk/data/g') = 0").disk();

        for (int seed = 0; seed < 50; seed++) {
            boolean before = !left(disk, END, new Survival.Mixed(seed)).equals("none");
            assertThat(Files.exists(target.resolve("data/g"))).isNotEqualTo(before);
        }
    }

    @Test
    void blocksAndLengthSurviveOnTheirOwn() throws IOException {
        RecordedDisk disk =
                forced().line("pwrite64(4<'/disk/data/f'>, 'X', 1, 0) = 1")
                        .line("pwrite64(4<'/disk/data/f'>, 'Y', 1, 5000) = 1")
                        .disk();

        Set<String> kinds = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            String text = left(disk, END, new Survival.Mixed(seed));
            String end = text.length() <= 4 ? "short" : text.endsWith("Y") ? "Y" : "other";
            kinds.add(text.charAt(0) + " " + end);
            assertThat(text.substring(1, 4)).isEqualTo("bcd");
        }
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        "a short", "X short", "a Y", "X Y", "a other", "X other");
    }

    @Test
    void aBlockNeverShowsALaterWriteWithoutAnEarlierOne() throws IOException {
        RecordedDisk disk =
                forced().line("pwrite64(4<'/disk/data/f'>, 'X', 1, 0) = 1")
                        .line("pwrite64(4<'/disk/data/f'>, 'Y', 1, 1) = 1")
                        .disk();

        for (int seed = 0; seed < 200; seed++) {
            assertThat(left(disk, END, new Survival.Mixed(seed))).isIn("abcd", "Xbcd", "XYcd");
        }
    }

    @Test
    void cutsOffAndProlongs() throws IOException {
        RecordedDisk disk =
                forced().line("ftruncate(4<'/disk/data/f'>, 2) = 0")
                        .line("ftruncate(4<'/disk/data/f'>, 3) = 0")
                        .disk();

        assertThat(left(disk, END, Survival.EVERYTHING)).isEqualTo("ab\0");
    }

    @Test
    void refusesWhatItCannotReplay() {
        TraceText text = forced().line("fallocate(4<'/disk/data/f'>, 0, 0, 4096) = 0");

        assertThatIllegalStateException().isThrownBy(text::disk).withMessageContaining("fallocate");
    }
}
