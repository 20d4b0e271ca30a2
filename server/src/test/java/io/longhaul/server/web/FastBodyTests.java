package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.core.service.UploadBody;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.junit.jupiter.api.Test;

/** A body that comes faster than it is taken. */
final class FastBodyTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LENGTH = 2_000_000;

    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();

    /** What is seen of a body that is there before it is asked for. */
    private record Seen(long bytes, int longest, int mostHeld, boolean same) {}

    private Seen seen() throws Exception {
        return BodyServer.seen(
                pool,
                LENGTH,
                connection -> connection.send(content()),
                (_, body) -> takeSlowly(body),
                PATIENCE);
    }

    private static byte[] content() {
        byte[] content = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            content[i] = at(i);
        }
        return content;
    }

    private static byte at(long offset) {
        return (byte) ((offset * 31) >> 4);
    }

    private Seen takeSlowly(JettyBody body) throws IOException {
        long bytes = 0;
        int longest = 0;
        int mostHeld = 0;
        boolean same = true;
        while (body.next(PATIENCE) instanceof UploadBody.Bytes(var piece)) {
            pause();
            longest = Math.max(longest, piece.remaining());
            mostHeld = Math.max(mostHeld, pool.getLeaks().size());
            while (piece.hasRemaining()) {
                same &= piece.get() == at(bytes++);
            }
        }
        return new Seen(bytes, longest, mostHeld, same);
    }

    /** Lets the client get ahead again. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isReadInLargerAndLargerPieces() throws Exception {
        Seen seen = seen();

        assertThat(seen.bytes()).isEqualTo(LENGTH);
        assertThat(seen.same()).isTrue();
        assertThat(seen.longest()).isGreaterThan(ReadSize.FIRST);
    }

    @Test
    void holdsOneBufferAtATime() throws Exception {
        assertThat(seen().mostHeld()).isEqualTo(1);
        // The connection gives its buffer back when it has ended, on a thread of its own.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pool.getLeaks()).isEmpty());
    }
}
