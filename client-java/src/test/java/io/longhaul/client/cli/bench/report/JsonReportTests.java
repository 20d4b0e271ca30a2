package io.longhaul.client.cli.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.cli.bench.cell.Basis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReportTests {

    @Test
    void writesEveryRoundAndEveryFailure() throws IOException {
        EndpointResult result = Results.ofRounds(512, 256);
        result.failed(new IOException("said \"no\""));
        var cell = new CellResult("download", Basis.BYTES, List.of(result));
        var out = new ByteArrayOutputStream();
        JsonReport.write(
                out, Map.of("rounds", 2L), List.of(URI.create("http://a.example/")), List.of(cell));
        assertThat(out.toString(UTF_8))
                .startsWith("{\"settings\":{\"rounds\":2},\"cells\":[{\"cell\":\"download\"")
                .contains(
                        "\"url\":\"http://a.example/\",\"operations\":2,\"failures\":1,"
                                + "\"firstFailure\":\"said \\\"no\\\"\",\"leftBehind\":0")
                .contains(
                        "{\"figure\":\"rate\",\"unit\":\"MiB/s\",\"median\":192.0,\"min\":128.0,"
                                + "\"max\":256.0,\"rounds\":[256.0,128.0]}");
    }

    @Test
    void saysWhatIsNotOffered() throws IOException {
        EndpointResult result = new EndpointResult();
        result.notOffered("no checksum with sha1");
        var cell = new CellResult("checksum", Basis.BYTES, List.of(result));
        var out = new ByteArrayOutputStream();
        JsonReport.write(out, Map.of(), List.of(URI.create("http://a.example/")), List.of(cell));
        assertThat(out.toString(UTF_8))
                .contains("\"notOffered\":\"no checksum with sha1\"", "\"figures\":[]");
    }
}
