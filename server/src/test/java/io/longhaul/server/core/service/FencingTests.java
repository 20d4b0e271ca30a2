package io.longhaul.server.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What another node does to a record between an append's reading of it and its commit. */
@Timeout(60)
final class FencingTests {

    private final ServiceInMemory service = new ServiceInMemory();

    /** How an append of "abc" to six bytes ends when the record is changed before its end. */
    private String appendWhile(UploadId id, UnaryOperator<Upload> change)
            throws IOException, InterruptedException {
        ScriptedBody body = ScriptedBody.ofLength(3).bytes(ServiceInMemory.bytes("abc"));
        CompletableFuture<String> outcome =
                ServiceInMemory.start(
                        () -> service.uploads.append(id, ServiceInMemory.append(0, body)));
        body.awaitStalled();
        service.change(id, change);
        body.end();
        return outcome.join();
    }

    @Test
    void newerEpochStopsTheAppend() throws Exception {
        UploadId id = service.created(6);

        String outcome = appendWhile(id, from -> from.change().epoch(from.epoch() + 1).done());

        assertThat(outcome).isEqualTo("upload-taken-over");
        assertThat(service.record(id).offset()).isZero();
        assertThat(service.record(id).epoch()).isEqualTo(1);
    }

    @Test
    void newerEpochKeepsAnUploadFromCompleting() throws Exception {
        UploadId id = service.created(3);

        String outcome = appendWhile(id, from -> from.change().epoch(from.epoch() + 1).done());

        assertThat(outcome).isEqualTo("upload-taken-over");
        assertThat(service.record(id).state()).isEqualTo(UploadState.RECEIVING);
        assertThat(service.catalog.outbox(10)).isEmpty();
    }

    @Test
    void offsetOfAnotherNodeIsNotOverwritten() throws Exception {
        UploadId id = service.created(6);

        String outcome = appendWhile(id, from -> from.change().offset(5).done());

        assertThat(outcome).isEqualTo("upload-taken-over");
        assertThat(service.record(id).offset()).isEqualTo(5);
    }

    @Test
    void terminationByAnotherNodeStands() throws Exception {
        UploadId id = service.created(6);

        String outcome =
                appendWhile(id, from -> from.change().state(UploadState.TERMINATED).done());

        assertThat(outcome).isEqualTo("upload-terminated");
        assertThat(service.record(id).state()).isEqualTo(UploadState.TERMINATED);
        assertThat(service.record(id).offset()).isZero();
    }

    @Test
    void changeThatLeavesTheOffsetAloneIsKeptBesideTheBytes() throws Exception {
        UploadId id = service.created(6);

        String outcome =
                appendWhile(id, from -> from.change().concatenation(Concatenation.PARTIAL).done());

        assertThat(outcome).isEqualTo("ok");
        assertThat(service.record(id).offset()).isEqualTo(3);
        assertThat(service.record(id).concatenation()).isEqualTo(Concatenation.PARTIAL);
    }

    @Test
    void appendThatLostItsContentToAnotherNodeRejectsNothing() throws Exception {
        UploadId id = service.created(6);
        service.store.failNextFlush(new ContentLostException("the other node has deleted it"));

        String outcome =
                appendWhile(
                        id,
                        from ->
                                from.change()
                                        .content(stored("what the other node has made of it"))
                                        .done());

        assertThat(outcome).isEqualTo("upload-taken-over");
        assertThat(service.record(id).state()).isEqualTo(UploadState.RECEIVING);
    }

    private static UploadContent stored(String reference) {
        return new UploadContent.Stored(new ContentReference(reference));
    }
}
