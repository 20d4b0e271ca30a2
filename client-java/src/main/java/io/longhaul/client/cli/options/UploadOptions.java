package io.longhaul.client.cli.options;

import io.longhaul.client.Checksums;
import io.longhaul.client.UploadClient;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.Shell;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How uploads are sent. */
public final class UploadOptions {

    private static final int MOST_CONNECTIONS = 64;

    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private RetryOption retry = new RetryOption();

    @Option(
            names = {"-p", "--parallel"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Connections for each large file, 1 to 64. Default: ${DEFAULT-VALUE}.")
    private int parallel = 1;

    @Option(
            names = {"-c", "--concurrency"},
            paramLabel = "N",
            defaultValue = "4",
            description = "Files at once. Default: ${DEFAULT-VALUE}.")
    private int concurrency = 4;

    @Option(
            names = "--checksum",
            description = "Sends a digest with every request; fails where the server has none.")
    private boolean checksum;

    @Option(
            names = "--chunk-size",
            paramLabel = "SIZE",
            converter = ByteCountConverter.class,
            description =
                    "Most bytes in one request, for example 8MiB. Default: found out while"
                            + " sending.")
    private @Nullable Long chunkSize;

    @Option(
            names = "--method-override",
            description = "Sends PATCH as POST, for networks that drop other methods.")
    private boolean methodOverride;

    public ConnectionOptions connection() {
        return connection;
    }

    public int concurrency() {
        return inRange("--concurrency", concurrency, 1000);
    }

    public int parallel() {
        return inRange("--parallel", parallel, MOST_CONNECTIONS);
    }

    /** A client with these settings and a number of connections for each file. */
    public UploadClient client(Shell shell, URI endpoint, Path store, int connections) {
        UploadClient.Builder builder =
                UploadClient.builder(endpoint)
                        .credentials(connection.credentials(shell))
                        .store(store)
                        .retryPolicy(retry.policy())
                        .stallTimeout(connection.stallTimeout())
                        .checksums(checksum ? Checksums.REQUIRED : Checksums.OFF)
                        .parallelism(connections)
                        .maxConcurrentUploads(concurrency())
                        .methodOverride(methodOverride)
                        .httpClient(connection.httpClient(shell));
        connection.headers().forEach(builder::header);
        if (chunkSize != null) {
            builder.chunkSize(positive(chunkSize));
        }
        return builder.build();
    }

    private static long positive(long bytes) {
        if (bytes < 1) {
            throw CommandException.usage("--chunk-size " + bytes + ", must be at least 1");
        }
        return bytes;
    }

    private static int inRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw CommandException.usage(option + " " + value + ", must be from 1 to " + most);
        }
        return value;
    }
}
