package io.longhaul.server.core.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every content store does; its adapters extend this class. */
public abstract class ContentStoreContract extends ContentAppendContract {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final ContentClaims.Claim NOTHING = new ContentClaims.Nothing();

    @Test
    void readsWhatWasFlushed() throws IOException {
        byte[] bytes = random(100);

        ContentReference reference = keep(id, bytes);

        assertThat(read(reference, 0, 100)).isEqualTo(bytes);
    }

    @Test
    void readsWhatSeveralWritesAndFlushesMade() throws IOException {
        ContentReference reference;
        try (ContentAppend append = store().append(id, ContentPlace.START)) {
            append.write(ascii("ab"));
            append.write(ascii("c"));
            append.flush();
            append.write(ascii("def"));
            reference = append.flush();
        }

        assertThat(text(reference, 0, 6)).isEqualTo("abcdef");
    }

    @Test
    void readsAnyRange() throws IOException {
        byte[] bytes = random(3 * MIB + 17);
        ContentReference reference = keep(id, bytes);

        for (int position : new int[] {0, 1, 4095, 4097, MIB, bytes.length - 1}) {
            for (int count : new int[] {1, 5, 8192, 2 * MIB + 1, bytes.length - position}) {
                int fitting = Math.min(count, bytes.length - position);
                assertThat(read(reference, position, fitting))
                        .as("%d bytes from %d", fitting, position)
                        .isEqualTo(Arrays.copyOfRange(bytes, position, position + fitting));
            }
        }
    }

    @Test
    void readsNothingWhenAskedForNothing() throws IOException {
        ContentReference reference = keep(id, random(10));

        assertThat(read(reference, 4, 0)).isEmpty();
        assertThat(read(reference, 1_000, 0)).isEmpty();
    }

    @Test
    void givesTheSinkBuffersThatItCannotWriteTo() throws IOException {
        ContentReference reference = keep(id, random(2 * MIB));

        List<Boolean> readOnly = new ArrayList<>();
        for (int count : new int[] {10, 2 * MIB}) {
            store().read(
                            readable(reference),
                            0,
                            count,
                            bytes -> {
                                readOnly.add(bytes.isReadOnly());
                                bytes.position(bytes.limit());
                            });
        }

        assertThat(readOnly).isNotEmpty().containsOnly(true);
    }

    @Test
    void letsAnotherThreadReadTheSinksBuffer() throws IOException {
        byte[] bytes = random(2 * MIB);
        ContentReference reference = keep(id, bytes);
        ByteBuffer seen = ByteBuffer.allocate(bytes.length);

        store().read(
                        readable(reference),
                        0,
                        bytes.length,
                        piece -> CompletableFuture.runAsync(() -> seen.put(piece)).join());

        assertThat(seen.array()).isEqualTo(bytes);
    }

    @Test
    void failsWhenTheRangeIsNotThere() throws IOException {
        ContentReference readable = readable(keep(id, random(10)));

        for (long[] range : new long[][] {{0, 11}, {9, 2}, {10, 1}, {THREE_GIB, 2 * MIB}}) {
            ByteArrayOutputStream given = new ByteArrayOutputStream();
            assertThatExceptionOfType(ContentLostException.class)
                    .isThrownBy(() -> store().read(readable, range[0], range[1], into(given)));
            assertThat(given.size()).isZero();
        }
    }

    @Test
    void failsWhenTheContentWasDeleted() throws IOException {
        ContentReference reference = keep(id, random(10));

        store().delete(id, reference);

        assertLost(reference, 0, 1);
        assertThatExceptionOfType(ContentLostException.class)
                .isThrownBy(() -> appendAndRead(id, new ContentPlace(reference, 10, null)));
    }

    @Test
    void handsOnTheFailureOfTheSink() throws IOException {
        ContentReference reference = keep(id, random(2 * MIB));
        IOException failure = new IOException("the reader has gone");

        for (int count : new int[] {10, 2 * MIB}) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> store().read(readable(reference), 0, count, failing(failure)))
                    .isSameAs(failure);
        }
    }

    @Test
    void keepsUploadsApart() throws IOException {
        ContentReference one = keep(id, "one".getBytes(US_ASCII));
        UploadId otherId = UploadId.random();
        ContentReference two = keep(otherId, "two".getBytes(US_ASCII));

        store().delete(otherId, two);

        assertThat(text(one, 0, 3)).isEqualTo("one");
    }

    @Test
    void servesManyReadersWhileAnotherUploadIsAppended() throws Exception {
        byte[] bytes = random(2 * MIB + 7);
        ContentReference reference = keep(id, bytes);
        byte[] block = random(MIB);
        AtomicBoolean reading = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> appended = threads.submit(() -> appendWhile(reading, block));
            List<Callable<byte[]>> readers =
                    Collections.nCopies(16, () -> read(reference, 0, bytes.length));
            for (Future<byte[]> reader : threads.invokeAll(readers)) {
                assertThat(reader.get()).isEqualTo(bytes);
            }
            reading.set(false);
            assertThat(appended.get()).isPositive();
        }
    }

    @Test
    void deletesContentThatIsThereOrNot() throws IOException {
        ContentReference reference = keep(id, random(10));

        store().delete(id, reference);
        store().delete(id, reference);
        store().delete(UploadId.random(), null);

        assertLost(reference, 0, 1);
    }

    @Test
    void deletesWhatWasWrittenBeforeTheRecordNamedIt() throws IOException {
        ContentReference reference = keep(id, random(10));

        store().delete(id, null);

        assertLost(reference, 0, 1);
    }

    @Test
    void startsAgainAfterADelete() throws IOException {
        store().delete(id, keep(id, random(10)));

        assertThat(text(keep(id, "again".getBytes(US_ASCII)), 0, 5)).isEqualTo("again");
    }

    @Test
    void doesNotBringDeletedContentBackThroughAnOpenAppend() throws IOException {
        ContentReference reference;
        try (ContentAppend append = store().append(id, ContentPlace.START)) {
            append.write(ascii("abc"));
            reference = append.flush();
            append.idle();
            store().delete(id, reference);

            writeInVain(append);
        }

        assertLost(reference, 0, 1);
    }

    @Test
    void deletesTheContentOfUnknownUploads() throws IOException {
        UploadId knownId = UploadId.random();
        ContentReference known = keep(knownId, random(5));
        ContentReference one = keep(id, random(5));
        ContentReference two = keep(UploadId.random(), random(5));

        int deleted =
                store().deleteOrphans(
                                Instant.now().plus(A_MINUTE),
                                upload ->
                                        upload.equals(knownId)
                                                ? new ContentClaims.Named(known)
                                                : NOTHING);

        assertThat(deleted).isEqualTo(2);
        assertLost(one, 0, 1);
        assertLost(two, 0, 1);
        assertThat(read(known, 0, 5)).isEqualTo(random(5));
    }

    @Test
    void keepsYoungContentAndAsksNobodyAboutIt() throws IOException {
        ContentReference young = keep(id, random(5));
        Set<UploadId> asked = new HashSet<>();

        int deleted =
                store().deleteOrphans(
                                Instant.now().minus(A_MINUTE),
                                upload -> {
                                    asked.add(upload);
                                    return NOTHING;
                                });

        assertThat(deleted).isZero();
        assertThat(asked).isEmpty();
        assertThat(read(young, 0, 5)).isEqualTo(random(5));
    }

    @Test
    void sweepsAnEmptyStore() throws IOException {
        assertThat(store().deleteOrphans(Instant.now().plus(A_MINUTE), _ -> NOTHING)).isZero();
    }

    @Test
    void endsTheSweepWhenTheCatalogFails() throws IOException {
        ContentReference reference = keep(id, random(5));
        IllegalStateException failure = new IllegalStateException("the catalog has gone");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () ->
                                store().deleteOrphans(
                                                Instant.now().plus(A_MINUTE),
                                                _ -> {
                                                    throw failure;
                                                }))
                .isSameAs(failure);
        assertThat(read(reference, 0, 5)).isEqualTo(random(5));
    }

    /** Starts the same upload again and again, so that it does not grow without bound. */
    private int appendWhile(AtomicBoolean wanted, byte[] block) throws IOException {
        UploadId upload = UploadId.random();
        int appended = 0;
        do {
            try (ContentAppend append = store().append(upload, ContentPlace.START)) {
                append.write(ByteBuffer.wrap(block));
                append.flush();
                append.write(ByteBuffer.wrap(block));
                appended++;
            }
        } while (wanted.get());
        return appended;
    }

    private static void writeInVain(ContentAppend append) {
        try {
            append.write(ascii("def"));
            append.flush();
        } catch (IOException _) {
            // Allowed: a store may notice that its content has gone.
        }
    }
}
