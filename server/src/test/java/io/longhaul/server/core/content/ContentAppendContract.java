package io.longhaul.server.core.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every content store does with the bytes that are appended to one upload. Adapters extend
 * {@link ContentStoreContract}, which has this and the rest.
 */
public abstract class ContentAppendContract {

    static final int MIB = 1 << 20;
    static final long THREE_GIB = 3L << 30;

    protected final UploadId id = UploadId.random();

    /** The store under test, empty when the test starts. */
    protected abstract ContentStore store() throws IOException;

    /** Puts flushed content of that length there, all zeros, without taking much space. */
    protected abstract ContentReference zeros(UploadId upload, long length) throws IOException;

    @Test
    void goesOnBehindTheOffset() throws IOException {
        ContentReference first = keep(id, "hello ".getBytes(US_ASCII));

        try (ContentAppend append = store().append(id, new ContentPlace(first, 6, null))) {
            assertThat(append.offset()).isEqualTo(6);
            append.write(ascii("world"));
            assertThat(append.offset()).isEqualTo(11);

            assertThat(text(append.flush(), 0, 11)).isEqualTo("hello world");
        }
    }

    @Test
    void goesOnBehindACheckpoint() throws IOException {
        byte[] bytes = random(9 * MIB);
        ContentAppend.Checkpoint kept;
        try (ContentAppend append = store().append(id, new ContentPlace(null, 0, null))) {
            append.write(ByteBuffer.wrap(bytes, 0, 8 * MIB + 1));
            kept = append.checkpoint();
            append.committed();
        }
        assertThat(kept.offset()).isBetween(1L, 8L * MIB + 1);
        int offset = Math.toIntExact(kept.offset());

        try (ContentAppend append =
                store().append(id, new ContentPlace(kept.reference(), offset, null))) {
            append.write(ByteBuffer.wrap(bytes, offset, bytes.length - offset));

            assertThat(read(append.flush(), 0, bytes.length)).isEqualTo(bytes);
        }
    }

    @Test
    void dropsWhatLiesBeyondTheOffset() throws IOException {
        ContentReference first = keep(id, "hello".getBytes(US_ASCII));
        flushUncommitted(first, 5, " world");

        store().append(id, new ContentPlace(first, 5, null)).close();

        assertThat(text(first, 0, 5)).isEqualTo("hello");
        assertLost(first, 0, 6);
    }

    @Test
    void writesOverWhatWasNeverCommitted() throws IOException {
        ContentReference first = keep(id, "hello".getBytes(US_ASCII));
        flushUncommitted(first, 5, " world");

        try (ContentAppend append = store().append(id, new ContentPlace(first, 5, null))) {
            append.write(ascii("!"));
            ContentReference second = append.flush();

            assertThat(text(second, 0, 6)).isEqualTo("hello!");
            assertLost(second, 0, 7);
        }
    }

    /** As a process does that dies before its commit. */
    private void flushUncommitted(ContentReference reference, long offset, String text)
            throws IOException {
        try (ContentAppend append = store().append(id, new ContentPlace(reference, offset, null))) {
            append.write(ascii(text));
            append.flush();
        }
    }

    @Test
    void dropsEverythingWhenTheRecordNamesNothing() throws IOException {
        keep(id, "uncommitted".getBytes(US_ASCII));

        try (ContentAppend append = store().append(id, ContentPlace.START)) {
            append.write(ascii("new"));
            ContentReference reference = append.flush();

            assertThat(text(reference, 0, 3)).isEqualTo("new");
            assertLost(reference, 0, 4);
        }
    }

    @Test
    void failsToAppendWhenFewerBytesAreThere() throws IOException {
        ContentReference reference = keep(id, random(10));

        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> appendAndRead(id, new ContentPlace(reference, 11, null)));
        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(
                        () -> appendAndRead(UploadId.random(), new ContentPlace(null, 1, null)));
    }

    @Test
    void flushesAnAppendWithoutBytes() throws IOException {
        ContentReference reference = keep(id, new byte[0]);

        assertThat(read(reference, 0, 0)).isEmpty();
        assertLost(reference, 0, 1);
        try (ContentAppend append = store().append(id, new ContentPlace(reference, 0, null))) {
            append.write(ascii("later"));
            assertThat(text(append.flush(), 0, 5)).isEqualTo("later");
        }
    }

    @Test
    void namesTheContentWhenNothingWasAdded() throws IOException {
        ContentReference first = keep(id, "abc".getBytes(US_ASCII));

        try (ContentAppend append = store().append(id, new ContentPlace(first, 3, null))) {
            assertThat(text(append.flush(), 0, 3)).isEqualTo("abc");
        }
    }

    @Test
    void keepsOnlyWhatWasFlushed() throws IOException {
        ContentReference reference;
        try (ContentAppend append = store().append(id, ContentPlace.START)) {
            append.write(ascii("kept"));
            reference = append.flush();
            append.write(ascii(" not kept"));
        }

        assertThat(text(reference, 0, 4)).isEqualTo("kept");
        assertLost(reference, 0, 5);
    }

    @Test
    void takesDirectHeapAndReadOnlyBuffersOfAnyLength() throws IOException {
        byte[] bytes = random(3 * MIB + 1);
        ByteBuffer heap = ByteBuffer.wrap(bytes, 0, MIB + 3);
        ByteBuffer direct = ByteBuffer.allocateDirect(2 * MIB).put(bytes, MIB + 3, MIB + 5).flip();
        int rest = 2 * MIB + 8;
        ByteBuffer readOnly = ByteBuffer.wrap(bytes, rest, bytes.length - rest).asReadOnlyBuffer();
        List<ByteBuffer> buffers = List.of(heap, direct, ByteBuffer.allocate(0), readOnly);

        try (ContentAppend append = store().append(id, ContentPlace.START)) {
            for (ByteBuffer buffer : buffers) {
                append.write(buffer);
            }

            assertThat(append.offset()).isEqualTo(bytes.length);
            assertThat(read(append.flush(), 0, bytes.length)).isEqualTo(bytes);
        }
        assertThat(buffers).noneMatch(ByteBuffer::hasRemaining);
    }

    @Test
    void appendsAndReadsBeyondTwoGibibytes() throws IOException {
        ContentReference reference = zeros(id, THREE_GIB);

        try (ContentAppend append =
                store().append(id, new ContentPlace(reference, THREE_GIB, null))) {
            append.write(ascii("far out"));

            assertThat(append.offset()).isEqualTo(THREE_GIB + 7);
            ContentReference longer = append.flush();
            assertThat(text(longer, THREE_GIB - 1, 8)).isEqualTo("\0far out");
            assertThat(read(longer, THREE_GIB - 2 * MIB, 2 * MIB + 7))
                    .startsWith(0, 0)
                    .endsWith("far out".getBytes(US_ASCII));
        }
    }

    @Test
    void goesOnAfterAPause() throws IOException {
        try (ContentAppend append = store().append(id, ContentPlace.START)) {
            append.idle();
            append.write(ascii("a"));
            append.idle();
            append.idle();
            append.write(ascii("b"));
            append.idle();
            assertThat(append.offset()).isEqualTo(2);

            assertThat(text(append.flush(), 0, 2)).isEqualTo("ab");
        }
    }

    @Test
    void keepsNothingOfAPauseThatWasNeverFlushed() throws IOException {
        ContentReference reference;
        try (ContentAppend append = store().append(id, ContentPlace.START)) {
            append.write(ascii("a"));
            reference = append.flush();
            append.write(ascii("b"));
            append.idle();
        }

        assertLost(reference, 0, 2);
    }

    @Test
    void refusesAClosedAppend() throws IOException {
        ContentAppend append = store().append(id, ContentPlace.START);
        append.write(ascii("abc"));
        ContentReference reference = append.flush();
        append.close();

        assertThatCode(append::close).doesNotThrowAnyException();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> append.write(ascii("d")));
        assertThatExceptionOfType(IOException.class).isThrownBy(append::flush);
        assertThatExceptionOfType(IOException.class).isThrownBy(append::idle);
        assertThat(append.offset()).isEqualTo(3);
        assertThat(text(reference, 0, 3)).isEqualTo("abc");
    }

    /** A store may find only in the end that it has less than was flushed. */
    final byte[] appendAndRead(UploadId upload, ContentPlace place) throws IOException {
        try (ContentAppend append = store().append(upload, place)) {
            append.write(ascii("!"));
            return read(append.flush(), 0, append.offset());
        }
    }

    /** Appends to new content and flushes. */
    protected final ContentReference keep(UploadId upload, byte[] bytes) throws IOException {
        try (ContentAppend append = store().append(upload, ContentPlace.START)) {
            append.write(ByteBuffer.wrap(bytes));
            return append.flush();
        }
    }

    protected final byte[] read(ContentReference reference, long position, long count)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store().read(readable(reference), position, count, into(bytes));
        return bytes.toByteArray();
    }

    /** What the content is named by when it can be read; assembled as often as it is asked for. */
    final ContentReference readable(ContentReference reference) throws IOException {
        ContentReference readable = store().assemble(reference);
        assertThat(store().readable(readable)).isTrue();
        return readable;
    }

    protected final String text(ContentReference reference, long position, long count)
            throws IOException {
        return new String(read(reference, position, count), US_ASCII);
    }

    protected final void assertLost(ContentReference reference, long position, long count) {
        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> read(reference, position, count));
    }

    protected static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    protected static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    static ContentSink into(ByteArrayOutputStream bytes) {
        WritableByteChannel channel = Channels.newChannel(bytes);
        return channel::write;
    }

    static ContentSink failing(IOException failure) {
        return _ -> {
            throw failure;
        };
    }
}
