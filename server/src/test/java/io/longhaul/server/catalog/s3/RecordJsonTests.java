package io.longhaul.server.catalog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The bytes of a record's object: other versions of the server read them. */
final class RecordJsonTests {

    private static final UploadId ID = new UploadId("0123456789abcdef0123456789abcdef");
    private static final Upload UPLOAD =
            Upload.receiving(ID, "zoë", OptionalLong.of(9), Instant.ofEpochMilli(1_000))
                    .change()
                    .offset(3)
                    .content(new UploadContent.Inline(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                    .version(2)
                    .done();
    private static final RecordHead HEAD =
            new RecordHead(
                    List.of("a", "b"),
                    "x/1",
                    List.of("c"),
                    List.of(
                            new OutboxEntry(
                                    "n/0",
                                    new UploadEvent.Completed(ID, Instant.ofEpochMilli(5), 9))));
    private static final String JSON =
            """
            {"format":1,"trail":["a","b"],"filed":"x/1","claims":["c"],\
            "outbox":[{"name":"n/0","kind":"COMPLETED","id":"0123456789abcdef0123456789abcdef",\
            "at":5,"length":9}],\
            "upload":{"id":"0123456789abcdef0123456789abcdef","owner":"zoë","state":"RECEIVING",\
            "offset":3,"length":9,"metadata":"","concatenation":{"kind":"NONE"},\
            "creationKey":null,"inline":"AQID","createdAt":1000,"updatedAt":1000,\
            "expiresAt":null,"version":2,"epoch":0,"holder":null}}""";

    private static final Versions.Tag TAG = new Versions.Tag(0, "etag");

    private static StoredRecord read(String json) throws IOException {
        return RecordJson.read(json.getBytes(StandardCharsets.UTF_8), TAG);
    }

    @Test
    void fieldsStandInTheirOrder() {
        assertThat(new String(RecordJson.write(HEAD, UPLOAD), StandardCharsets.UTF_8))
                .isEqualTo(JSON);
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        assertThat(read(JSON)).isEqualTo(new StoredRecord(HEAD, UPLOAD, TAG));
    }

    @Test
    void tombstoneHasNoRecord() throws IOException {
        String tombstone = new String(RecordJson.write(HEAD, null), StandardCharsets.UTF_8);

        assertThat(tombstone).doesNotContain("upload");
        assertThat(read(tombstone)).isEqualTo(new StoredRecord(HEAD, null, TAG));
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> read(JSON.replace("\"format\":1", "\"format\":2")))
                .withMessageContaining("format 2");
    }

    @Test
    void whatIsNoRecordIsRefused() {
        for (String json : List.of("", "[]", "{", "{}", JSON.replace("RECEIVING", "LOST"))) {
            assertThatIOException().isThrownBy(() -> read(json));
        }
    }
}
