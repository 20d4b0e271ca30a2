package io.longhaul.benchmarks.s3;

import io.longhaul.benchmarks.peer.PeerProcess;
import io.longhaul.benchmarks.report.CellResult;
import io.longhaul.benchmarks.report.Figure;
import io.longhaul.benchmarks.report.PeerResult;
import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One large upload through a server and one of the same bytes by the SDK alone, in turn. */
final class UploadRate {

    private static final int PART = 8 << 20;
    private static final int WARM_UP = 5;
    private static final double MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Store store;
    private final int rounds;
    private final List<byte[]> parts = new ArrayList<>();

    /**
     * @param size bytes of an upload; whole parts of it are sent
     */
    UploadRate(Store store, int rounds, long size) {
        this.store = store;
        this.rounds = rounds;
        for (int i = 0; i < Math.max(1, size / PART); i++) {
            parts.add(Client.bytes(i, PART)); // all different, as nobody sends from a warm cache
        }
    }

    List<CellResult> measure() throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (PeerProcess server = store.server(store.calling());
                SdkUploads sdk = new SdkUploads(store.client(), store.bucket(), parts)) {
            Client client = new Client(server.origin().getPort());
            for (int round = -WARM_UP; round < rounds; round++) {
                double through = throughServer(client);
                double alone = alone(sdk);
                if (round >= 0) {
                    ours.add(through);
                    theirs.add(alone);
                    ratios.add(through / alone);
                }
            }
        }
        return List.of(
                new CellResult(
                        "rate",
                        List.of(
                                PeerResult.of(
                                        store.calling().name(),
                                        rounds,
                                        List.of(rate(ours), Figure.of("of the SDK's", "", ratios))),
                                PeerResult.of(SdkUploads.NAME, rounds, List.of(rate(theirs))))));
    }

    private double throughServer(Client client) throws IOException {
        long length = (long) parts.size() * PART;
        String path = client.create(length);
        long begun = System.nanoTime();
        try (RawConnection connection = client.beginAppend(path, 0, length).timeout(PATIENCE)) {
            for (byte[] part : parts) {
                connection.send(part);
            }
            Answers.expect(204, connection.read());
        }
        double rate = perSecond(begun);
        Answers.expect(204, client.exchange("DELETE", path));
        return rate;
    }

    private double alone(SdkUploads sdk) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        sdk.upload();
        double rate = perSecond(begun);
        sdk.delete();
        return rate;
    }

    private double perSecond(long begun) {
        return parts.size() * (PART / MIB) / ((System.nanoTime() - begun) / 1e9);
    }

    private static Figure rate(List<Double> rounds) {
        return Figure.of("rate", "MiB/s", rounds);
    }
}
