package io.longhaul.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.content.ContentStoreContract;
import io.longhaul.server.core.content.StorageFullException;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.testing.FaultyContentStore.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class FaultyContentStoreTests extends ContentStoreContract {

    private final InMemoryContentStore memory = new InMemoryContentStore();
    private final FaultyContentStore store = new FaultyContentStore(memory);

    @Override
    protected ContentStore store() {
        return store;
    }

    @Override
    protected ContentReference zeros(UploadId upload, long length) {
        return memory.zeros(upload, length);
    }

    @Test
    void keepsTheBytesThatFitWhenFull() throws IOException {
        store.fullAfter(4);
        ByteBuffer bytes = ascii("abcdef");

        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> append.write(bytes));

            assertThat(append.offset()).isEqualTo(4);
            assertThat(bytes.position()).isEqualTo(4);
            assertThat(text(append.flush(), 0, 4)).isEqualTo("abcd");
            assertThat(store.usableBytes()).hasValue(0);
        }
    }

    @Test
    void goesOnWhenThereIsRoomAgain() throws IOException {
        store.fullAfter(4);
        ByteBuffer bytes = ascii("abcdef");

        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            assertThatExceptionOfType(StorageFullException.class)
                    .isThrownBy(() -> append.write(bytes));
            store.makeRoom();
            append.write(bytes);

            assertThat(text(append.flush(), 0, 6)).isEqualTo("abcdef");
        }
    }

    @Test
    void failsOneWrite() throws IOException {
        IOException failure = new IOException("told to fail");
        store.failNextWrite(failure);

        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> append.write(ascii("a")))
                    .isSameAs(failure);
            assertThat(append.offset()).isZero();

            append.write(ascii("b"));
            assertThat(text(append.flush(), 0, 1)).isEqualTo("b");
        }
    }

    @Test
    void failsOneFlush() throws IOException {
        IOException failure = new IOException("told to fail");
        store.failNextFlush(failure);

        ContentAppend append = store.append(id, ContentPlace.START);
        append.write(ascii("a"));
        assertThatExceptionOfType(IOException.class).isThrownBy(append::flush).isSameAs(failure);
        append.close();

        assertThat(memory.count()).isZero();
    }

    @Test
    void holdsAWriteUntilItIsReleased() throws Exception {
        Block block = store.blockNextWrite();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ContentAppend append = store.append(id, ContentPlace.START)) {
            Future<?> write =
                    threads.submit(
                            () -> {
                                append.write(ascii("a"));
                                return null;
                            });
            block.awaitReached();
            assertThat(write.isDone()).isFalse();
            assertThat(memory.count()).isZero();

            block.release();
            write.get();
            assertThat(append.offset()).isOne();
        }
    }
}
