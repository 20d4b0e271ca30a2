package io.longhaul.client.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.client.CredentialsRefusedException;
import io.longhaul.client.RequestRefusedException;
import io.longhaul.client.RetriesExhaustedException;
import io.longhaul.client.SourceChangedException;
import io.longhaul.client.UploadBusyException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExitCodeTests {

    @Test
    void tellsFailuresApart() {
        assertThat(ExitCode.of(new RetriesExhaustedException(""))).isEqualTo(3);
        assertThat(ExitCode.of(new RequestRefusedException(413, "", ""))).isEqualTo(4);
        assertThat(ExitCode.of(new CredentialsRefusedException(401, ""))).isEqualTo(5);
        assertThat(ExitCode.of(new SourceChangedException(""))).isEqualTo(6);
        assertThat(ExitCode.of(new UploadBusyException(""))).isEqualTo(9);
        assertThat(ExitCode.of(new IllegalStateException())).isEqualTo(1);
    }

    @Test
    void isOkWhenThereWasNothingToDo() {
        assertThat(ExitCode.together(List.of())).isZero();
    }

    @Test
    void isTheCommonOneWhenAllAgree() {
        assertThat(ExitCode.together(List.of(4, 4))).isEqualTo(4);
        assertThat(ExitCode.together(List.of(0, 0))).isZero();
    }

    @Test
    void saysThatSomeFailed() {
        assertThat(ExitCode.together(List.of(0, 4))).isEqualTo(7);
        assertThat(ExitCode.together(List.of(4, 0))).isEqualTo(7);
        assertThat(ExitCode.together(List.of(3, 4))).isEqualTo(7);
    }
}
