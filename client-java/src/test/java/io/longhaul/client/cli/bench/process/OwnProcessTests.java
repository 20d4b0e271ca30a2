package io.longhaul.client.cli.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OwnProcessTests {

    @Test
    void knowsItsProcessorTime() {
        assertThat(OwnProcess.cpu()).isPositive();
    }

    @Test
    void refusesMoreConnectionsThanDescriptors() {
        assertThatThrownBy(() -> OwnProcess.checkDescriptors(1000, 1024))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("need 1200 file descriptors, and the limit is 1024")
                .hasMessageContaining("ulimit -n 1200");
        assertThatCode(() -> OwnProcess.checkDescriptors(1000, 1200)).doesNotThrowAnyException();
        assertThatCode(() -> OwnProcess.checkDescriptors(1000, -1)).doesNotThrowAnyException();
    }
}
