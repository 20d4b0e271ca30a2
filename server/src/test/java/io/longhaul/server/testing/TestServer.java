package io.longhaul.server.testing;

import io.longhaul.server.LonghaulApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.io.FileUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole server in this process, on a free port and a data directory of its own. */
public final class TestServer implements AutoCloseable {

    private final Path dataDir;
    private final ConfigurableApplicationContext context;

    private TestServer(Path dataDir, ConfigurableApplicationContext context) {
        this.dataDir = dataDir;
        this.context = context;
    }

    /** Starts a server with these settings, each {@code key=value}. */
    public static TestServer start(String... settings) {
        try {
            return start(Files.createTempDirectory("longhaul-test"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server on a data directory that may have been used before. */
    public static TestServer start(Path dataDir, String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=0");
        arguments.add("--longhaul.data-dir=" + dataDir.resolve("data"));
        TestStore.settings(dataDir).forEach(setting -> arguments.add("--" + setting));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return new TestServer(
                dataDir,
                SpringApplication.run(LonghaulApplication.class, arguments.toArray(String[]::new)));
    }

    public int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /** Where the server keeps everything. */
    public Path data() {
        return dataDir.resolve("data");
    }

    /** A part of the running server. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    public RawConnection connect() throws IOException {
        return RawConnection.to(port());
    }

    /** Stops the server as SIGTERM does and keeps its data. */
    public Path stop() {
        context.close();
        return dataDir;
    }

    @Override
    public void close() {
        context.close();
        FileUtils.deleteQuietly(dataDir.toFile());
    }
}
