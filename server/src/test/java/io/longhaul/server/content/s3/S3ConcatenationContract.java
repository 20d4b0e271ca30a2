package io.longhaul.server.content.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the content store makes of other content. */
abstract class S3ConcatenationContract extends S3PartsContract {

    /** The bytes of all sources made so far, in order. */
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    S3ConcatenationContract(S3Bucket bucket, int part) {
        super(bucket, part);
    }

    /** Content of another upload. */
    final UploadContent source(int count) throws IOException {
        byte[] content = random(count);
        all.writeBytes(content);
        return new UploadContent.Stored(store().assemble(keep(UploadId.random(), content)));
    }

    private UploadContent inRecord(int count) {
        byte[] content = random(count);
        all.writeBytes(content);
        return new UploadContent.Inline(ByteBuffer.wrap(content));
    }

    final ContentReference joined(List<UploadContent> sources) throws IOException {
        return store().concatenation()
                .orElseThrow()
                .concatenate(id, sources, () -> {})
                .orElseThrow();
    }

    /** The objects that there are of the new content. */
    final List<S3Entry> made() throws IOException {
        return bucket.list(ContentKeys.prefix(id), "", 1_000).entries();
    }

    /** Makes one content and looks whether it is one object with all bytes. */
    private void join(UploadContent... sources) throws IOException {
        ContentReference reference = joined(List.of(sources));

        assertThat(store().readable(reference)).isTrue();
        assertThat(read(reference, 0, all.size())).isEqualTo(all.toByteArray());
        assertThat(made()).hasSize(1);
        assertThat(multiparts()).isZero();
    }

    @Test
    void copiesOne() throws IOException {
        join(source(part + 3));
    }

    @Test
    void copiesSeveral() throws IOException {
        join(source(part), source(2 * part + 1), source(part + 5));
    }

    @Test
    void dividesWhatIsLong() throws IOException {
        join(source(4 * part + 3), source(part));
    }

    @Test
    void putsSmallOnesTogetherWithWhatFollows() throws IOException {
        join(source(5), source(part - 1), source(part + 2), source(7), source(2 * part), source(9));
    }

    @Test
    void sendsWhatIsSmallAltogether() throws IOException {
        join(source(5), inRecord(3), source(7));
    }

    @Test
    void takesBytesOfRecordsBetweenOthers() throws IOException {
        join(inRecord(3), source(part), inRecord(4), source(part + 1), inRecord(5));
    }

    @Test
    void copiesTheSameTwice() throws IOException {
        UploadContent twice = source(part + 1);
        all.writeBytes(all.toByteArray());

        join(twice, twice);
    }

    @Test
    void takesContentOfSeveralObjects() throws IOException {
        join(new UploadContent.Stored(several(part, 5, part + 1)), source(part));
    }

    /** Content of another upload, in objects of these lengths. */
    final ContentReference several(int... lengths) throws IOException {
        UploadId other = UploadId.random();
        List<S3Content.Piece> pieces = new ArrayList<>();
        for (int length : lengths) {
            byte[] content = random(length);
            all.writeBytes(content);
            String key = ContentKeys.object(other);
            bucket.put(key, S3Body.of(content));
            pieces.add(new S3Content.Piece(key, length));
        }
        return new S3Content(pieces, List.of(), List.of()).reference();
    }

    @Test
    void sourceThatIsNotThereIsLost() throws IOException {
        List<UploadContent> sources = List.of(source(part), source(part + 1), source(2 * part));
        lose(sources.get(1));

        assertThatExceptionOfType(ContentLostException.class).isThrownBy(() -> joined(sources));

        assertThat(multiparts()).isZero();
        assertThat(made()).isEmpty();
    }

    private void lose(UploadContent content) throws IOException {
        ContentReference reference = ((UploadContent.Stored) content).reference();
        bucket.delete(S3Content.of(reference).keys().toList());
    }

    @Test
    void smallSourceThatIsNotThereIsLost() throws IOException {
        List<UploadContent> sources = List.of(source(5), source(part));
        lose(sources.getFirst());

        assertThatExceptionOfType(ContentLostException.class).isThrownBy(() -> joined(sources));

        assertThat(multiparts()).isZero();
    }

    @Test
    void endsWhenItIsToldAndLeavesNothingBehind() throws IOException {
        List<UploadContent> sources = List.of(source(part), source(part));
        AtomicInteger reports = new AtomicInteger();

        assertThatIOException()
                .isThrownBy(
                        () ->
                                store().concatenation()
                                        .orElseThrow()
                                        .concatenate(
                                                id,
                                                sources,
                                                () -> {
                                                    if (reports.incrementAndGet() == 2) {
                                                        throw new IOException("enough");
                                                    }
                                                }))
                .withMessage("enough");

        assertThat(multiparts()).isZero();
        assertThat(made()).isEmpty();
    }

    @Test
    void takesWhatFitsOneObject() {
        var concatenation = store().concatenation().orElseThrow();

        assertThat(concatenation.fits(0)).isFalse();
        assertThat(concatenation.fits(1)).isTrue();
        assertThat(concatenation.fits(5L << 40)).isTrue();
        assertThat(concatenation.fits((5L << 40) + 1)).isFalse();
    }
}
