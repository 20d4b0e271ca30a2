package io.longhaul.client.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longhaul.client.UploadClient;
import io.longhaul.server.testing.ChildProcesses;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.TestFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One large file by the client and by curl with a single PATCH, in turn, to the same server. Prints
 * the figures; in the build it is too short and the machine too busy for more than a smoke test. To
 * measure: {@code -Dit.test=ThroughputIT -Dthroughput.rounds=9 -Dthroughput.mib=1024}.
 */
@Timeout(600)
final class ThroughputIT {

    private static final int ROUNDS = Integer.getInteger("throughput.rounds", 3);
    private static final long LENGTH = Long.getLong("throughput.mib", 256) << 20;

    @TempDir private Path directory;

    /** Seconds of one upload by the clock, and of the uploading process's processor time. */
    private record Figures(double wall, double cpu) {}

    @Test
    void keepsUpWithCurl() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not here to compare with");
        TestFile file = TestFile.create(directory, LENGTH);
        var ours = new ArrayList<Figures>();
        var curls = new ArrayList<Figures>();
        try (var server = ServerProcess.start();
                var client = UploadClient.builder(server.uploads()).build()) {
            for (int round = -2; round < ROUNDS; round++) {
                Figures ourRound = byClient(client, file);
                Figures curlRound = byCurl(server, file);
                if (round >= 0) {
                    ours.add(ourRound);
                    curls.add(curlRound);
                }
            }
        }
        double ratio = print(ours, curls);
        assertThat(ratio).as("rate of the client / rate of curl").isGreaterThan(0.4);
    }

    private static double print(List<Figures> ours, List<Figures> curls) {
        double gib = LENGTH / (double) (1 << 30);
        double ourWall = median(ours.stream().map(Figures::wall).toList());
        double curlWall = median(curls.stream().map(Figures::wall).toList());
        double ourCpu = median(ours.stream().map(Figures::cpu).toList());
        double curlCpu = median(curls.stream().map(Figures::cpu).toList());
        System.out.printf(
                Locale.ROOT,
                "%.2f GiB, %d rounds, medians: client %.2f GiB/s and %.2f CPU s/GiB, curl %.2f GiB/s"
                        + " and %.2f CPU s/GiB, rate client/curl %.2f%n",
                gib,
                ours.size(),
                gib / ourWall,
                ourCpu / gib,
                gib / curlWall,
                curlCpu / gib,
                curlWall / ourWall);
        System.out.println("client " + ours + "\ncurl " + curls);
        return curlWall / ourWall;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static Figures byClient(UploadClient client, TestFile file) throws Exception {
        double cpu = cpuSeconds(ProcessHandle.current());
        long began = System.nanoTime();
        URI url = client.upload(file.path()).await().url();
        var figures = new Figures(seconds(began), cpuSeconds(ProcessHandle.current()) - cpu);
        assertThat(Http.status("DELETE", url)).isEqualTo(204);
        return figures;
    }

    private Figures byCurl(ServerProcess server, TestFile file) throws Exception {
        URI url = create(server);
        Path times = directory.resolve("times");
        String command =
                "TIMEFORMAT='%U %S'; time curl -sS --fail -X PATCH -T "
                        + file.path()
                        + " -H Expect: -H 'Tus-Resumable: 1.0.0' -H 'Upload-Offset: 0'"
                        + " -H 'Content-Type: application/offset+octet-stream' "
                        + url;
        long began = System.nanoTime();
        Process curl =
                ChildProcesses.start(
                        new ProcessBuilder("bash", "-c", command)
                                .redirectErrorStream(true)
                                .redirectOutput(times.toFile()));
        assertThat(curl.waitFor()).isZero();
        double wall = seconds(began);
        double cpu = 0;
        for (String part : Files.readString(times).strip().split(" ", -1)) {
            cpu += Double.parseDouble(part);
        }
        assertThat(Http.offset(url)).isEqualTo(LENGTH);
        assertThat(Http.status("DELETE", url)).isEqualTo(204);
        return new Figures(wall, cpu);
    }

    private static URI create(ServerProcess server) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(server.uploads())
                        .POST(BodyPublishers.noBody())
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(LENGTH))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.discarding());
            return server.origin().resolve(answer.headers().firstValue("Location").orElseThrow());
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }
}
