package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.benchmarks.report.Figure;
import io.longhaul.benchmarks.report.PeerResult;
import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two servers, the first of which loses uploads to the second. For one thread. */
final class ServerPair implements AutoCloseable {

    private static final long LENGTH = 8 << 20;
    private static final int SHORTEST_MILLIS = 50;
    private static final int LONGEST_MILLIS = 150;
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** For a little less a server does not ask another that was silent. */
    private static final Duration SILENCE = Duration.ofMillis(5500);

    private final PeerProcess first;
    private final PeerProcess second;
    private final Client client;
    private final Random random = new Random(1);

    private Seen seen = new Seen();
    private long failed = System.nanoTime() - SILENCE.toNanos();

    ServerPair(PeerProcess first, PeerProcess second) {
        this.first = first;
        this.second = second;
        client = new Client(second.origin().getPort());
    }

    /** Forgets what was seen so far. */
    void forget() {
        seen = new Seen();
    }

    /** What was seen since it was forgotten. */
    PeerResult result() {
        return PeerResult.of(first.peer().name(), seen.heads.count(), seen.figures());
    }

    /** Has one more upload taken over. */
    void takeOver(Interruption interruption) throws IOException, InterruptedException {
        awaitEndOfSilence();
        String path = client.create(LENGTH);
        try (FirstClient left = FirstClient.begin(first.origin().getPort(), path, LENGTH)) {
            Thread.sleep(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
            interruption.begin(first, left);
            goOn(path, left.sent());
        } finally {
            interruption.end(first);
        }
        if (interruption.isOfServer()) {
            failed = System.nanoTime();
        }
    }

    private void awaitEndOfSilence() throws InterruptedException {
        Thread.sleep(Duration.ofNanos(failed - System.nanoTime()).plus(SILENCE));
    }

    /** What a client does that resumes: HEAD, then PATCH from there, until that is accepted. */
    private void goOn(String path, long received) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long offset = askOffset(path, begun);
        seen.heads.addSince(begun);
        seen.told += offset == received ? 1 : 0;
        while (client.append(path, offset, new byte[1]).status() != 204) {
            pause(begun);
            seen.again++;
            offset = askOffset(path, begun);
        }
        seen.takeovers.addSince(begun);
    }

    private long askOffset(String path, long begun) throws IOException, InterruptedException {
        RawResponse answer = client.exchange("HEAD", path);
        while (answer.status() != 200) {
            pause(begun);
            answer = client.exchange("HEAD", path);
        }
        return Long.parseLong(answer.required("Upload-Offset"));
    }

    private static void pause(long begun) throws IOException, InterruptedException {
        if (System.nanoTime() - begun > LIMIT.toNanos()) {
            throw new IOException("the upload has not gone on within " + LIMIT);
        }
        Thread.sleep(BEFORE_ANOTHER_TRY);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }

    /** What the rounds have shown. */
    private static final class Seen {
        private final Latencies heads = new Latencies();
        private final Latencies takeovers = new Latencies();
        private int told;
        private int again;

        List<Figure> figures() {
            List<Figure> figures = new ArrayList<>(heads.figures("HEAD"));
            figures.add(each("HEAD told all", 100.0 * told, "%"));
            figures.addAll(takeovers.figures("PATCH accepted"));
            figures.add(each("refused PATCHes", again, "each"));
            return figures;
        }

        private Figure each(String name, double sum, String unit) {
            return Figure.of(name, unit, List.of(sum / heads.count()));
        }
    }
}
