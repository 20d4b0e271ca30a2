package io.longhaul.server.power;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;

/** What a server is traced doing: two lives, the first of which ends under load. */
final class TracedRun {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BEFORE_KILL = 5;

    private TracedRun() {}

    static Recording.Source of(TracedServer server, UploadTraffic traffic, int uploads, long seed)
            throws IOException {
        new UploadLives(traffic, uploads, seed).await();
        killUnderLoad(server, traffic, seed);
        server.restart();
        for (SentUpload upload : traffic.uploads()) {
            traffic.head(upload); // tells what the first life left, forced or not
        }
        for (SentUpload upload : traffic.uploads()) {
            traffic.finish(upload);
        }
        new UploadLives(traffic, uploads, seed + 2).await();
        server.kill();
        return server.run(traffic);
    }

    private static void killUnderLoad(TracedServer server, UploadTraffic traffic, long seed)
            throws IOException {
        int before = traffic.uploads().size();
        UploadLives lives = new UploadLives(traffic, Integer.MAX_VALUE, seed + 1);
        await("uploads before the kill")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> traffic.uploads().size() >= before + BEFORE_KILL);
        lives.serverIsKilled();
        server.kill();
        lives.await();
    }
}
