package io.longhaul.client.cli.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.cli.bench.cell.Basis;
import io.longhaul.client.cli.bench.cell.Tally;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextReportTests {

    private static final URI FIRST = URI.create("http://a.example/files");
    private static final URI SECOND = URI.create("http://b.example/files");

    @Test
    void putsEndpointsSideBySideWithTheRatioToTheFirst() {
        var cell =
                new CellResult(
                        "bulk-1",
                        Basis.BYTES,
                        List.of(Results.ofRounds(512, 1024, 256), Results.ofRounds(1024)));
        assertThat(TextReport.lines(List.of(FIRST, SECOND), List.of(cell)))
                .containsExactly(
                        "A  http://a.example/files",
                        "B  http://b.example/files",
                        "",
                        "cell    figure       unit           A      min..max      B      min..max   B/A",
                        "bulk-1  rate         MiB/s        256      128..512    512      512..512  2.00",
                        "        server       CPU s/GiB   2.00    1.00..4.00   1.00    1.00..1.00  0.50",
                        "        bench        CPU s/GiB  0.200  0.100..0.400  0.100  0.100..0.100  0.50",
                        "        peak memory  MiB          300      300..300    300      300..300  1.00");
    }

    @Test
    void showsLatenciesAndMemoryOfTricklingUploads() {
        var cell = new CellResult("trickle", Basis.LATENCY, List.of(Results.ofRounds(7)));
        assertThat(TextReport.lines(List.of(FIRST), List.of(cell)))
                .anyMatch(line -> line.matches("trickle +p50 +ms +7.00 +7.00..7.00"))
                .anyMatch(line -> line.matches(" +p99 +ms +7.00 +7.00..7.00"))
                .anyMatch(line -> line.matches(" +server +CPU s/s +0.500 +0.500..0.500"))
                .anyMatch(line -> line.matches(" +memory +MiB +200 +200..200"))
                .anyMatch(line -> line.matches(" +threads +12.0 +12.0..12.0"));
    }

    @Test
    void showsRateAndLatenciesOfSmallUploads() {
        var cell = new CellResult("small-8", Basis.UPLOADS, List.of(Results.ofRounds(7)));
        assertThat(TextReport.lines(List.of(FIRST), List.of(cell)))
                .anyMatch(line -> line.matches("small-8 +rate +uploads/s +0.500 +.*"))
                .anyMatch(line -> line.matches(" +p50 +ms +7.00 +7.00..7.00"))
                .anyMatch(line -> line.matches(" +p99 +ms +7.00 +7.00..7.00"))
                .noneMatch(line -> line.contains("max "));
    }

    @Test
    void neverHidesFailures() {
        EndpointResult partly = Results.ofRounds(512);
        partly.failed(new IOException("PATCH answered 503"));
        EndpointResult wholly = new EndpointResult();
        Tally tally = new Tally();
        tally.failed("reset");
        wholly.add(Results.round(tally, Optional.empty()));
        var cell = new CellResult("bulk-1", Basis.BYTES, List.of(partly, wholly));
        assertThat(TextReport.lines(List.of(FIRST, SECOND), List.of(cell)))
                .anyMatch(line -> line.matches("bulk-1 +rate .* 256..256 +- +- +-"))
                .contains(
                        "bulk-1 at A: 1 FAILED beside 1 that ended well; the first one: PATCH answered 503",
                        "bulk-1 at B: 1 FAILED beside 0 that ended well; the first one: reset");
    }

    @Test
    void leavesOutTheServerWhereItsProcessIsNotKnown() {
        EndpointResult result = new EndpointResult();
        Tally tally = new Tally();
        tally.done(1 << 20);
        result.add(Results.round(tally, Optional.empty()));
        var cell = new CellResult("bulk-1", Basis.BYTES, List.of(result));
        assertThat(TextReport.lines(List.of(FIRST), List.of(cell)))
                .anyMatch(line -> line.contains("bench"))
                .noneMatch(line -> line.contains("server") || line.contains("memory"));
    }

    @Test
    void saysWhyACellWasNotMeasuredAndWhatWasLeftBehind() {
        EndpointResult result = new EndpointResult();
        result.notOffered("no creation-with-upload");
        result.leftBehind(3);
        var cell = new CellResult("with-upload-1", Basis.UPLOADS, List.of(result));
        assertThat(TextReport.lines(List.of(FIRST), List.of(cell)))
                .contains(
                        "with-upload-1  not measured",
                        "with-upload-1 at A: not measured, no creation-with-upload",
                        "with-upload-1 at A: 3 uploads could not be deleted");
    }

    @Test
    void keepsThreeDigitsThatCount() {
        assertThat(TextReport.number(12345.6)).isEqualTo("12346");
        assertThat(TextReport.number(12.345)).isEqualTo("12.3");
        assertThat(TextReport.number(1.2345)).isEqualTo("1.23");
        assertThat(TextReport.number(0.01234)).isEqualTo("0.012");
    }
}
