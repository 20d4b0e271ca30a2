package io.longhaul.client.programs;

import io.longhaul.client.Checksums;
import io.longhaul.client.CompletedUpload;
import io.longhaul.client.UploadClient;
import io.longhaul.client.UploadProgress;
import java.net.URI;
import java.nio.file.Path;

/**
 * Uploads a file, with a store that survives the program. Prints a line for each progress event,
 * and one at the end: {@code complete URL SENT}.
 */
final class UploadFile {

    private UploadFile() {}

    public static void main(String[] arguments) throws InterruptedException {
        URI endpoint = URI.create(arguments[0]);
        Path file = Path.of(arguments[1]);
        Path store = Path.of(arguments[2]);
        int parallelism = Integer.parseInt(arguments[3]);
        var checksums = Checksums.valueOf(arguments[4]);
        try (var client =
                UploadClient.builder(endpoint)
                        .store(store)
                        .parallelism(parallelism)
                        .checksums(checksums)
                        .build()) {
            CompletedUpload done = client.upload(file).onProgress(UploadFile::print).await();
            System.out.println("complete " + done.url() + " " + done.sent());
        }
    }

    private static void print(UploadProgress progress) {
        String url = progress.url().map(URI::toString).orElse("-");
        System.out.println(progress.state() + " " + url + " " + progress.offset());
    }
}
