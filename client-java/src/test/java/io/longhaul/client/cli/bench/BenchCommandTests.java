package io.longhaul.client.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class BenchCommandTests {

    private static final int WRONG_ARGUMENTS = 2;
    private static final int NO_ENDPOINT = 3;
    private static final String URL = "http://127.0.0.1:1/files";

    private final StringWriter errors = new StringWriter();

    @Test
    void endsWithOneSentenceWhenAnEndpointCannotBeReached() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port + "/files";
        assertThat(run(url)).isEqualTo(NO_ENDPOINT);
        assertThat(errors.toString().strip())
                .isEqualTo(url + " cannot be measured: Connection refused");
    }

    @Test
    void refusesPidsThatDoNotMatchTheUrls() {
        assertThat(run(URL, URL, "--pid", "1")).isEqualTo(WRONG_ARGUMENTS);
        assertThat(errors.toString()).contains("1 --pid for 2 URLs");
    }

    @Test
    void refusesMoreTricklingConnectionsThanDescriptors() {
        assertThat(run(URL, "--trickling", "2000000000")).isEqualTo(WRONG_ARGUMENTS);
        assertThat(errors.toString()).contains("ulimit -n 2000000200");
    }

    @Test
    void refusesUnknownCellsHeadersAndUrls() {
        assertThat(run(URL, "--cells", "bulk,fast")).isEqualTo(WRONG_ARGUMENTS);
        assertThat(errors.toString()).contains("no cell is named fast");
        assertThat(run(URL, "--header", "secret")).isEqualTo(WRONG_ARGUMENTS);
        assertThat(errors.toString()).contains("Name: value");
        assertThat(run("ftp://example.org")).isEqualTo(WRONG_ARGUMENTS);
        assertThat(errors.toString()).contains("http:// or https://: ftp://example.org");
        assertThat(run(URL, "--rounds", "0")).isEqualTo(WRONG_ARGUMENTS);
        assertThat(errors.toString()).contains("--rounds must be at least 1");
    }

    @Test
    void readsAmountsOfBytes() {
        ByteCount bytes = new ByteCount();
        assertThat(bytes.convert("100")).isEqualTo(100);
        assertThat(bytes.convert("2k")).isEqualTo(2048);
        assertThat(bytes.convert("256MiB")).isEqualTo(256L << 20);
        assertThat(bytes.convert("4 GB")).isEqualTo(4L << 30);
        assertThatThrownBy(() -> bytes.convert("1.5M")).isInstanceOf(TypeConversionException.class);
    }

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
