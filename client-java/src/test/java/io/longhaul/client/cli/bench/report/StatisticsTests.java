package io.longhaul.client.cli.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatisticsTests {

    @Test
    void findsMedianAndSpreadOfValuesInAnyOrder() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 5.0))).isEqualTo(new Spread(4.5, 1, 9));
        assertThat(Spread.of(List.of(2.0))).isEqualTo(new Spread(2, 2, 2));
        assertThatThrownBy(() -> Spread.of(List.of())).hasMessage("no values");
    }

    @Test
    void findsPercentilesByNearestRank() {
        long[] hundred = LongStream.rangeClosed(1, 100).toArray();
        assertThat(Percentile.of(hundred, 0.5)).isEqualTo(50);
        assertThat(Percentile.of(hundred, 0.99)).isEqualTo(99);
        assertThat(Percentile.of(hundred, 1)).isEqualTo(100);
        assertThat(Percentile.of(new long[] {7}, 0.5)).isEqualTo(7);
        assertThat(Percentile.of(new long[] {7, 8}, 0)).isEqualTo(7);
    }
}
