package io.longhaul.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An upload that several clients append to, each with bytes of its own, so that in the end every
 * byte tells which request it came from. Thread-safe.
 */
final class ContestedUpload {

    private static final int LENGTH = 64 << 10;
    private static final int LONGEST = 12 << 10;
    private static final int LONGEST_PAUSE_MILLIS = 20;

    /** A request: whose bytes, where to, and whether it was answered that all were taken. */
    private record Attempt(int number, int offset, int count, boolean accepted) {

        /** The request's byte at an offset of the upload. */
        byte at(int position) {
            int mixed = (number * 31 + position) * 0x9E3779B1;
            return (byte) (mixed >>> 13);
        }

        byte[] bytes() {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = at(offset + i);
            }
            return bytes;
        }

        int end() {
            return offset + count;
        }
    }

    private final Client client;
    private final String path;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicLong floor = new AtomicLong();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    ContestedUpload(Client client) throws IOException {
        this.client = client;
        path = client.create(LENGTH);
    }

    int accepted() {
        return (int) attempts.stream().filter(Attempt::accepted).count();
    }

    int refused() {
        return attempts.size() - accepted();
    }

    /** Appends at right and wrong offsets until the upload is complete. */
    void work(Random random) {
        try {
            for (int offset = look(); offset < LENGTH; offset = look()) {
                for (int at : offsets(offset, random)) {
                    append(at, random);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a client would send next, some of it twice, earlier or later than it should. */
    private static List<Integer> offsets(int offset, Random random) {
        List<Integer> offsets = new ArrayList<>(List.of(offset));
        if (random.nextBoolean()) {
            offsets.add(offset);
        }
        if (random.nextInt(3) == 0) {
            offsets.add(random.nextInt(offset + 1));
        }
        if (random.nextInt(3) == 0) {
            offsets.addFirst(Math.min(LENGTH - 1, offset + 1 + random.nextInt(LONGEST)));
        }
        return offsets;
    }

    private int look() throws IOException {
        long before = floor.get();
        return told(client.offset(path), before);
    }

    /** An offset is never less than one that was told before it was asked for. */
    private int told(long offset, long before) {
        assertThat(offset).isBetween(before, (long) LENGTH);
        floor.accumulateAndGet(offset, Math::max);
        return Math.toIntExact(offset);
    }

    private void append(int offset, Random random) throws IOException {
        int count = Math.min(LENGTH - offset, 1 + random.nextInt(LONGEST));
        Attempt attempt = new Attempt(numbers.incrementAndGet(), offset, count, false);
        boolean accepted = false;
        try {
            accepted = send(attempt, random);
        } finally {
            attempts.add(new Attempt(attempt.number(), offset, count, accepted));
        }
    }

    private boolean send(Attempt attempt, Random random) throws IOException {
        byte[] bytes = attempt.bytes();
        int first = random.nextInt(bytes.length + 1);
        long before = floor.get();
        try (RawConnection connection =
                client.beginAppend(path, attempt.offset(), attempt.count())) {
            connection.send(Arrays.copyOf(bytes, first));
            pause(random);
            if (random.nextInt(5) == 0) {
                connection.reset();
                return false;
            }
            connection.send(Arrays.copyOfRange(bytes, first, bytes.length));
            return accepted(attempt, connection.read(), before);
        }
    }

    private boolean accepted(Attempt attempt, RawResponse answer, long before) {
        switch (answer.status()) {
            case 204 -> {
                int now = told(Long.parseLong(answer.required("Upload-Offset")), before);
                assertThat(now).isEqualTo(attempt.end());
                return true;
            }
            case 409 -> told(Long.parseLong(answer.required("Upload-Offset")), before);
            case 423 -> answer.required("Retry-After");
            default -> throw new AssertionError(attempt + ": " + answer + answer.text());
        }
        return false;
    }

    private static void pause(Random random) {
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The content is a row of requests, each at the offset where the one before ended: an accepted
     * one with all of its bytes, one that was broken off with its first, and none twice.
     */
    void assertConsistent() throws IOException {
        byte[] content = client.content(path);
        assertThat(content).hasSize(LENGTH);
        List<Attempt> used = new ArrayList<>();
        int at = 0;
        while (at < LENGTH) {
            Attempt next = nextIn(content, at);
            used.add(next);
            at += common(content, next);
        }
        assertThat(used).doesNotHaveDuplicates();
        assertThat(used).containsAll(attempts.stream().filter(Attempt::accepted).toList());
    }

    /**
     * The request whose bytes stand at an offset: the accepted one, or the one with most of them.
     */
    private Attempt nextIn(byte[] content, int at) {
        return attempts.stream()
                .filter(attempt -> attempt.offset() == at)
                .max((a, b) -> Integer.compare(common(content, a), common(content, b)))
                .filter(attempt -> common(content, attempt) > 0)
                .orElseThrow(() -> new AssertionError("nobody's byte at " + at));
    }

    private static int common(byte[] content, Attempt attempt) {
        int count = 0;
        while (count < attempt.count()
                && content[attempt.offset() + count] == attempt.at(attempt.offset() + count)) {
            count++;
        }
        return count;
    }
}
