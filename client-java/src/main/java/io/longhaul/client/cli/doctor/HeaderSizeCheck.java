package io.longhaul.client.cli.doctor;

import io.longhaul.client.cli.http.MetadataHeader;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** Whether metadata of up to 14 KB gets to the server, and back in the answer to HEAD. */
final class HeaderSizeCheck implements Check {

    private static final int[] SIZES = {14_000, 7_000, 3_000};

    @Override
    public String name() {
        return "headers";
    }

    @Override
    public Finding run(Patient patient) throws IOException {
        String trouble = "";
        for (int size : SIZES) {
            String next = trouble(patient, size);
            if (next.isEmpty()) {
                return judge(size, trouble);
            }
            trouble = trouble.isEmpty() ? next : trouble;
        }
        return judge(0, trouble);
    }

    /** What goes wrong with metadata of a size; empty if nothing. */
    private static String trouble(Patient patient, int size) throws IOException {
        String metadata = MetadataHeader.encode("longhaul-doctor", "x".repeat(size * 3 / 4 - 20));
        HttpResponse<String> created = patient.post(1, metadata);
        HttpHeaders headers = created.headers();
        if (created.statusCode() != 201) {
            return "creation is answered by " + created.statusCode();
        }
        var url = patient.reachable(headers.firstValue("Location").orElse(""));
        if (url.isEmpty()) {
            return "creation is answered without Location";
        }
        HttpResponse<String> head = patient.client().tus("HEAD", url.get());
        if (head.statusCode() / 100 != 2) {
            return "HEAD of such an upload is answered by " + head.statusCode();
        }
        return head.headers().firstValue("Upload-Metadata").orElse("").equals(metadata)
                ? ""
                : "the server gives other metadata back";
    }

    private Finding judge(int passing, String trouble) {
        if (passing == SIZES[0]) {
            return Finding.ok(name(), "metadata of 14 KB gets there and back");
        }
        String advice =
                "Raise the limit of the proxy (nginx: large_client_header_buffers 4 32k;"
                        + " proxy_buffer_size 32k; proxy_busy_buffers_size 64k).";
        return passing > 0
                ? Finding.warn(
                        name(), "14 KB: " + trouble + "; " + passing / 1000 + " KB pass", advice)
                : Finding.fail(name(), "even 3 KB do not pass: " + trouble, advice);
    }
}
