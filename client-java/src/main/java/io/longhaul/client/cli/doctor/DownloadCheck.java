package io.longhaul.client.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;

/** Whether a complete upload can be downloaded, in ranges also. Optional for a tus server. */
final class DownloadCheck implements Check {

    private static final int LENGTH = 64 << 10;
    private static final int FIRST = 1_000;
    private static final int LAST = 1_999;

    @Override
    public String name() {
        return "download";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        URI url = patient.create(LENGTH);
        byte[] content = Patient.random(LENGTH);
        int stored = patient.append(url, 0, content).statusCode();
        if (stored != 204) {
            throw new IOException("an append is answered by " + stored);
        }
        HttpResponse<byte[]> answer =
                patient.client()
                        .fetch(
                                "GET",
                                url,
                                Map.of("Range", "bytes=" + FIRST + "-" + LAST),
                                BodyHandlers.ofByteArray());
        return judge(answer, content);
    }

    private Finding judge(HttpResponse<byte[]> answer, byte[] content) {
        byte[] range = Arrays.copyOfRange(content, FIRST, LAST + 1);
        int status = answer.statusCode();
        if (status == 206 && Arrays.equals(answer.body(), range)) {
            return Finding.ok(name(), "ranges get through, with the right bytes");
        }
        if (status == 200 && Arrays.equals(answer.body(), content)) {
            return Finding.warn(
                    name(),
                    "downloads come whole only",
                    "Let the proxy pass Range: broken downloads begin from zero otherwise.");
        }
        if (status / 100 == 2) {
            return Finding.fail(
                    name(), "other bytes came back than were sent", "Do not use this server.");
        }
        return Finding.warn(
                name(),
                "GET of a complete upload is answered by " + status,
                "Nothing, if downloads are not wanted from here.");
    }
}
