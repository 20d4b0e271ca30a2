package io.longhaul.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.NodeProject;
import io.longhaul.server.testing.ServerProcess;
import io.longhaul.server.testing.SharedServer;
import io.longhaul.server.testing.TestFile;
import io.longhaul.server.testing.TusJs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(SharedServer.class)
final class UppyIT {

    private final ServerProcess server;
    private final JsonMapper json = new JsonMapper();

    @TempDir private Path directory;

    UppyIT(ServerProcess server) {
        this.server = server;
    }

    @Test
    void uploadsSeveralFilesAtOnce() throws Exception {
        var files =
                List.of(
                        TestFile.create(directory, "empty", 0),
                        TestFile.create(directory, "one", 1),
                        TestFile.create(directory, "some", 5_000_000),
                        TestFile.create(directory, "more", 10 * 1024 * 1024 + 1));

        var result = upload(files);

        assertThat(result.failed()).isEmpty();
        for (TestFile file : files) {
            String name = file.path().getFileName().toString();
            String url = Objects.requireNonNull(result.urls().get(name), name);
            assertThat(RemoteUpload.of(server, url).sha256()).isEqualTo(file.sha256());
        }
    }

    private Result upload(List<TestFile> files) throws Exception {
        var task =
                Map.of(
                        "endpoint", server.uploads().toString(),
                        "files", files.stream().map(file -> file.path().toString()).toList(),
                        "options", Map.of("chunkSize", 2_000_000));
        var command =
                NodeProject.in("src/test/interop")
                        .start(
                                Map.of(),
                                "node",
                                "uppy.mjs",
                                "upload",
                                json.writeValueAsString(task));
        return json.readValue(command.result(TusJs.LIMIT), Result.class);
    }

    record Result(Map<String, String> urls, List<String> failed) {}
}
