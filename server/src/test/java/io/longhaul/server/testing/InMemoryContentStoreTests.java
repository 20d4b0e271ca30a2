package io.longhaul.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.content.ContentAppend;
import io.longhaul.server.core.content.ContentPlace;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.content.ContentStoreContract;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class InMemoryContentStoreTests extends ContentStoreContract {

    private final InMemoryContentStore store = new InMemoryContentStore();

    @Override
    protected ContentStore store() {
        return store;
    }

    @Override
    protected ContentReference zeros(UploadId upload, long length) {
        return store.zeros(upload, length);
    }

    @Test
    void createsNothingBeforeTheFirstByte() throws IOException {
        try (ContentAppend append = store.append(id, ContentPlace.START)) {
            append.flush();
            assertThat(store.count()).isZero();

            append.write(ascii("a"));
            assertThat(store.count()).isOne();
        }
        assertThat(store.count()).isZero();
    }
}
