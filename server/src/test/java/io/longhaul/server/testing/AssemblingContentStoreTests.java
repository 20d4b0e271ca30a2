package io.longhaul.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.content.ContentStoreContract;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class AssemblingContentStoreTests extends ContentStoreContract {

    private final InMemoryContentStore memory = new InMemoryContentStore();
    private final AssemblingContentStore store = new AssemblingContentStore(memory);

    @Override
    protected ContentStore store() {
        return store;
    }

    @Override
    protected ContentReference zeros(UploadId upload, long length) {
        return memory.zeros(upload, length);
    }

    @Test
    void refusesToReadWhatIsNotAssembled() throws IOException {
        ContentReference flushed = keep(id, random(10));

        assertThat(store.readable(flushed)).isFalse();
        assertThatIOException().isThrownBy(() -> store.read(flushed, 0, 10, _ -> {}));
    }

    @Test
    void failsToAssembleWhileItIsToldTo() throws IOException {
        ContentReference flushed = keep(id, random(10));
        IOException failure = new IOException("told to fail");

        store.fail(failure);
        assertThatIOException().isThrownBy(() -> store.assemble(flushed)).isSameAs(failure);

        store.fail(null);
        assertThat(store.readable(store.assemble(flushed))).isTrue();
        assertThat(store.assembled()).isOne();
    }
}
