package io.longhaul.server.catalog.s3;

import static io.longhaul.server.testing.s3.S3Operation.DELETE_OBJECT;
import static io.longhaul.server.testing.s3.S3Operation.GET_OBJECT;
import static io.longhaul.server.testing.s3.S3Operation.LIST_OBJECTS;
import static io.longhaul.server.testing.s3.S3Operation.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.s3.S3Mode;
import io.longhaul.server.testing.s3.S3Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records whose versions are counted, and deleted at once when they were followed. */
@Timeout(60)
final class S3CreateOnlyTests {

    private final Nodes nodes = new Nodes(S3Mode.CREATE_ONLY, Duration.ZERO);
    private final UploadCatalog one = nodes.open();
    private final UploadCatalog other = nodes.open();

    S3CreateOnlyTests() throws IOException {}

    @AfterEach
    void close() {
        nodes.close();
    }

    /** Creates a record, which another process changes some times. */
    private Upload changed(int times) throws IOException {
        Upload first = one.create(nodes.upload());
        for (int version = 1; version <= times; version++) {
            assertThat(other.replace(first.change().offset(version).done(), version)).isPresent();
        }
        return first;
    }

    @Test
    void keepOutWhoWasAwayThoughItsNumberIsFreeAgain() throws IOException {
        Upload first = changed(5);

        assertThat(one.replace(first.change().offset(900).done(), 1, Nodes.completed(first)))
                .isEmpty();

        assertThat(other.find(first.id()).orElseThrow().offset()).isEqualTo(5);
        assertThat(Nodes.events(other)).isEmpty();
    }

    @Test
    void tellNobodyThatItWroteWhoWasAwayForMany() throws IOException {
        Upload first = changed(RecordHead.TRAIL);

        assertThatIOException().isThrownBy(() -> one.replace(first, 1));
        assertThatIOException().isThrownBy(() -> nodes.open().create(first));

        assertThat(other.find(first.id()).orElseThrow().version()).isEqualTo(RecordHead.TRAIL + 1);
        assertThat(other.replace(first, RecordHead.TRAIL + 1)).isPresent();
    }

    @Test
    void knowThatAChangeIsDoneOnWhichAnotherWasBuiltBeforeTheList() throws IOException {
        Upload first = one.create(nodes.upload());
        AtomicBoolean begun = new AtomicBoolean();
        nodes.store.faults(
                call -> {
                    if (call.operation() == LIST_OBJECTS && begun.compareAndSet(false, true)) {
                        follow(first);
                    }
                    return S3Fault.NONE;
                });

        assertThat(one.replace(first.change().offset(7).done(), 1)).isPresent();
        assertThat(other.find(first.id()).orElseThrow().version()).isEqualTo(3);
    }

    private void follow(Upload upload) {
        try {
            assertThat(other.replace(upload, 2)).isPresent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takeOneListMoreForEachReadAndWrite() throws IOException {
        Upload first = one.create(nodes.upload());
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 1, LIST_OBJECTS, 1));

        assertThat(one.find(first.id())).contains(first);
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(LIST_OBJECTS, 1, GET_OBJECT, 1));

        assertThat(one.replace(first, 1)).isPresent();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 1, LIST_OBJECTS, 1));

        assertThat(one.replace(first, 2)).isPresent();
        assertThat(nodes.store.takeCounts())
                .isEqualTo(Map.of(PUT_OBJECT, 1, LIST_OBJECTS, 1, DELETE_OBJECT, 1));
    }
}
