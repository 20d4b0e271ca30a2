package io.longhaul.server.catalog.s3;

import static io.longhaul.server.testing.s3.S3Operation.DELETE_OBJECT;
import static io.longhaul.server.testing.s3.S3Operation.DELETE_OBJECTS;
import static io.longhaul.server.testing.s3.S3Operation.GET_OBJECT;
import static io.longhaul.server.testing.s3.S3Operation.LIST_OBJECTS;
import static io.longhaul.server.testing.s3.S3Operation.PUT_OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.upload.Upload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many calls of the store each call of the catalog takes: they are paid one by one. */
@Timeout(60)
final class S3CallCountTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FIRST_LOOK = Duration.ofMinutes(5);

    private final Nodes nodes = new Nodes();
    private final UploadCatalog catalog = nodes.open();

    S3CallCountTests() throws IOException {}

    @AfterEach
    void close() {
        nodes.close();
    }

    /** Stores a record, and forgets the calls that took. */
    private Upload stored(Upload upload) throws IOException {
        Upload stored = catalog.create(upload);
        nodes.store.takeCounts();
        return stored;
    }

    @Test
    void creationTakesOne() throws IOException {
        Upload _ = catalog.create(nodes.upload());

        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 1));
    }

    @Test
    void expiryTakesOneMoreAndSoDoesAKeyAndSoDoEvents() throws IOException {
        Upload _ = catalog.create(nodes.expiring(HOUR));
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 2));

        Upload keyed = nodes.expiring(HOUR).change().creationKey("1").done();
        Upload _ = catalog.create(keyed);
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 3));

        Upload whole = nodes.expiring(HOUR).change().creationKey("2").done();
        Upload _ = catalog.create(whole, Nodes.completed(whole));
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 4));
    }

    @Test
    void repeatedCreationTakesTwoReads() throws IOException {
        Upload keyed = stored(nodes.upload().change().creationKey("1").done());

        assertThat(catalog.create(nodes.upload().change().creationKey("1").done()))
                .isEqualTo(keyed);
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 1, GET_OBJECT, 2));
    }

    @Test
    void lookUpTakesOne() throws IOException {
        Upload stored = stored(nodes.expiring(HOUR));

        assertThat(catalog.find(stored.id())).contains(stored);
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(GET_OBJECT, 1));
    }

    @Test
    void replacementTakesOneWhereTheRecordIsKnown() throws IOException {
        Upload stored = stored(nodes.expiring(HOUR).change().creationKey("1").done());
        Upload later = stored.change().offset(7).expiresAt(nodes.now().plus(HOUR)).done();

        assertThat(catalog.replace(later, 1)).isPresent();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 1));

        assertThat(nodes.open().replace(later, 2)).isPresent();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(GET_OBJECT, 1, PUT_OBJECT, 1));
    }

    @Test
    void replacementWithEventsTakesOneMore() throws IOException {
        Upload stored = stored(nodes.upload());

        assertThat(catalog.replace(stored, 1, Nodes.completed(stored))).isPresent();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 2));
    }

    @Test
    void replacementThatBringsTheExpiryNearerTakesOneMoreAndOneWithTheNextLookForWhatIsDue()
            throws IOException {
        Upload stored = stored(nodes.expiring(HOUR));
        Instant sooner = nodes.now().plusSeconds(1);

        assertThat(catalog.replace(stored.change().expiresAt(sooner).done(), 1)).isPresent();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 2));

        assertThat(catalog.due(nodes.now(), 10)).isEmpty();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(DELETE_OBJECT, 1, LIST_OBJECTS, 1));
        assertThat(catalog.due(nodes.now(), 10)).isEmpty();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(LIST_OBJECTS, 1));
    }

    @Test
    void removalTakesTwoAndOneLater() throws IOException {
        Upload stored = stored(nodes.expiring(HOUR));

        assertThat(catalog.remove(stored.id(), 1)).isTrue();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 2));

        assertThat(catalog.due(nodes.now(), 10)).isEmpty();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(DELETE_OBJECT, 1, LIST_OBJECTS, 1));
    }

    @Test
    void acknowledgementDeletesWhatChangesHaveLeft() throws IOException {
        Upload stored = stored(nodes.expiring(HOUR));
        Upload sooner = stored.change().expiresAt(nodes.now().plusSeconds(1)).done();
        assertThat(catalog.replace(sooner, 1, Nodes.completed(stored))).isPresent();
        List<OutboxEntry> told = catalog.outbox(10);
        nodes.store.takeCounts();

        catalog.acknowledge(told);
        assertThat(nodes.store.takeCounts())
                .isEqualTo(Map.of(GET_OBJECT, 1, PUT_OBJECT, 1, DELETE_OBJECTS, 1));
        assertThat(catalog.due(nodes.now(), 10)).isEmpty();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(LIST_OBJECTS, 1));
    }

    @Test
    void nothingDueAndNothingToTellTakeOneEach() throws IOException {
        Upload stored = stored(nodes.expiring(HOUR));

        assertThat(catalog.due(stored.createdAt(), 10)).isEmpty();
        assertThat(catalog.outbox(10)).isEmpty();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(LIST_OBJECTS, 2));
    }

    @Test
    void whatIsCompletedSoonNeedsNoOtherEntry() throws IOException {
        Upload stored = stored(nodes.expiring(HOUR));
        Instant sooner = stored.createdAt().plus(FIRST_LOOK).plusSeconds(1);

        assertThat(catalog.replace(stored.change().expiresAt(sooner).done(), 1)).isPresent();
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(PUT_OBJECT, 1));
    }

    @Test
    void firstLookTakesTwoMoreForWhatDoesNotExpireAnyMore() throws IOException {
        Upload stored = stored(nodes.expiring(HOUR));
        assertThat(catalog.replace(stored.change().expiresAt(null).done(), 1)).isPresent();
        nodes.store.takeCounts();

        assertThat(catalog.due(nodes.now().plus(FIRST_LOOK), 10)).isEmpty();
        assertThat(nodes.store.takeCounts())
                .isEqualTo(Map.of(LIST_OBJECTS, 2, GET_OBJECT, 1, PUT_OBJECT, 1, DELETE_OBJECT, 1));
    }

    @Test
    void firstLookTakesThreeMoreForWhatDoes() throws IOException {
        Upload stored = stored(nodes.expiring(HOUR));

        assertThat(catalog.due(stored.createdAt().plus(FIRST_LOOK).plusSeconds(1), 10)).isEmpty();
        assertThat(nodes.store.takeCounts())
                .isEqualTo(Map.of(LIST_OBJECTS, 2, GET_OBJECT, 1, PUT_OBJECT, 2, DELETE_OBJECT, 1));
    }

    @Test
    void whatIsDueLaterIsNotRead() throws IOException {
        Upload due = catalog.create(nodes.expiring(Duration.ofMinutes(1)));
        for (int i = 0; i < 20; i++) {
            Upload _ = catalog.create(nodes.expiring(HOUR));
        }
        nodes.store.takeCounts();

        assertThat(catalog.due(due.createdAt().plus(Duration.ofMinutes(2)), 10))
                .containsExactly(due);
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(LIST_OBJECTS, 1, GET_OBJECT, 1));
    }

    @Test
    void deliveryTakesTwoReadsAndAWriteOfTheRecord() throws IOException {
        Upload whole = nodes.upload();
        Upload _ = catalog.create(whole, Nodes.completed(whole));
        nodes.store.takeCounts();

        var entries = catalog.outbox(10);
        assertThat(nodes.store.takeCounts()).isEqualTo(Map.of(LIST_OBJECTS, 1, GET_OBJECT, 1));

        catalog.acknowledge(entries);
        assertThat(nodes.store.takeCounts())
                .isEqualTo(Map.of(GET_OBJECT, 1, PUT_OBJECT, 1, DELETE_OBJECT, 1));
    }
}
