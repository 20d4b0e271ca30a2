package io.longhaul.server.content.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Durability;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.testing.FileForces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files and directories are forced, as the JDK's own event of a force tells it. */
final class DiskDurabilityTests {

    private static final UploadId ONE = new UploadId("abcd0000000000000000000000000001");
    private static final UploadId SAME_SHARD = new UploadId("abcd0000000000000000000000000002");
    private static final UploadId NEXT_SHARD = new UploadId("acce0000000000000000000000000003");

    private final Path directory;
    private final Path root;

    DiskDurabilityTests(@TempDir Path directory) throws IOException {
        this.directory = directory.toRealPath();
        root = this.directory.resolve("content");
    }

    @Test
    void forcesNewContentAndTheDirectoriesDownToIt() throws IOException {
        DiskContentStore store = store(Durability.POWER_LOSS);

        assertThat(forcedBy(() -> keep(store, ONE))).containsExactly("ab/" + ONE, "ab", "");
        assertThat(forcedBy(() -> keep(store, SAME_SHARD)))
                .containsExactly("ab/" + SAME_SHARD, "ab");
        assertThat(forcedBy(() -> keep(store, NEXT_SHARD)))
                .containsExactly("ac/" + NEXT_SHARD, "ac", "");
    }

    @Test
    void forcesTheEntryOfItsRoot() throws IOException {
        assertThat(forcedBy(() -> store(Durability.POWER_LOSS))).containsExactly("..");
    }

    @Test
    void forcesTheEntriesAgainAfterARestart() throws IOException {
        try (ContentAppend append = store(Durability.POWER_LOSS).append(ONE, ContentPlace.START)) {
            append.write(ByteBuffer.allocate(1));
        }
        DiskContentStore restarted = store(Durability.POWER_LOSS);

        assertThat(forcedBy(() -> keep(restarted, ONE))).containsExactly("ab/" + ONE, "ab", "");
    }

    @Test
    void forcesOnlyTheDataOfContentThatIsThere() throws IOException {
        DiskContentStore store = store(Durability.POWER_LOSS);
        ContentReference reference = keep(store, ONE);

        try (ContentAppend append = store.append(ONE, new ContentPlace(reference, 1, null))) {
            append.write(ByteBuffer.allocate(1));
            assertThat(forcedBy(append::flush)).containsExactly("ab/" + ONE);
        }
    }

    @Test
    void forcesNothingWhenNothingWasWritten() throws IOException {
        DiskContentStore store = store(Durability.POWER_LOSS);

        try (ContentAppend append = store.append(ONE, ContentPlace.START)) {
            assertThat(forcedBy(append::flush)).isEmpty();
            append.write(ByteBuffer.allocate(1));
            append.flush();
            assertThat(forcedBy(append::flush)).isEmpty();
        }
    }

    @Test
    void forcesWhatWasWrittenBeforeAPause() throws IOException {
        DiskContentStore store = store(Durability.POWER_LOSS);
        ContentReference reference = keep(store, ONE);

        try (ContentAppend append = store.append(ONE, new ContentPlace(reference, 1, null))) {
            append.write(ByteBuffer.allocate(1));
            append.idle();
            assertThat(forcedBy(append::flush)).containsExactly("ab/" + ONE);
        }
    }

    @Test
    void forcesNothingWhenAPowerLossIsAccepted() throws IOException {
        assertThat(forcedBy(() -> keep(store(Durability.PROCESS_CRASH), ONE))).isEmpty();
        assertThat(forcedBy(() -> write(store(Durability.PROCESS_CRASH), WriteBehind.STEP)))
                .isEmpty();
    }

    @Test
    void forcesLongContentBesideTheWriting() throws IOException {
        DiskContentStore store = store(Durability.POWER_LOSS);

        assertThat(forcedBy(() -> write(store, WriteBehind.STEP - 1))).isEmpty();
        assertThat(forcedBy(() -> write(store, WriteBehind.STEP))).containsExactly("ab/" + ONE);
        assertThat(root.resolve("ab/" + ONE)).as("what was never flushed").doesNotExist();
    }

    private static void write(DiskContentStore store, long length) throws IOException {
        try (ContentAppend append = store.append(ONE, ContentPlace.START)) {
            append.write(ByteBuffer.allocate((int) length));
        }
    }

    @Test
    void keepsNothingOfAFlushThatFailed() throws IOException {
        DiskContentStore store = store(Durability.POWER_LOSS);
        ContentReference reference = keep(store, ONE);

        try (ContentAppend append = store.append(ONE, new ContentPlace(reference, 1, null))) {
            append.write(ByteBuffer.allocate(1));
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(append::flush);
            assertThat(Thread.interrupted()).isTrue();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(append::flush)
                    .withMessageContaining("an earlier flush");
        }
        assertThat(root.resolve("ab/" + ONE)).hasSize(1);
    }

    private DiskContentStore store(Durability durability) throws IOException {
        return new DiskContentStore(root, durability, 0);
    }

    private static ContentReference keep(DiskContentStore store, UploadId id) throws IOException {
        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            append.write(ByteBuffer.allocate(1));
            return append.flush();
        }
    }

    private List<String> forcedBy(FileForces.Action action) throws IOException {
        return FileForces.during(action).stream()
                .filter(path -> path.startsWith(directory))
                .map(path -> root.relativize(path).toString())
                .toList();
    }
}
