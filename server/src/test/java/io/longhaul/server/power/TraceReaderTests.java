package io.longhaul.server.power;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceReaderTests {

    /** Writes down what it is told. */
    private static final class Told implements TraceReader.Listener {

        private final List<String> events = new ArrayList<>();
        private final List<SystemCall> calls = new ArrayList<>();

        @Override
        public void begun(SystemCall call) {
            events.add("begun " + call.name());
        }

        @Override
        public void ended(SystemCall call, long result, int line) {
            events.add(
                    "ended %s %d from %d at %d".formatted(call.name(), result, call.begin(), line));
            calls.add(call);
        }

        @Override
        public void killed(int process, List<SystemCall> unfinished, int line) {
            List<String> names = unfinished.stream().map(SystemCall::name).toList();
            events.add("killed %d in %s at %d".formatted(process, names, line));
        }
    }

    private final Told told = new Told();

    @Test
    void tellsOfACallThatBeginsAndEndsOnItsLine() throws IOException {
        new TraceText().line("pwrite64(9<'/disk/a'>, 'one, (two)', 10, 4096) = 10").read(told);

        assertThat(told.events).containsExactly("begun pwrite64", "ended pwrite64 10 from 1 at 1");
        SystemCall call = told.calls.getFirst();
        assertThat(call.descriptor(0)).isEqualTo("/disk/a");
        assertThat(new String(call.bytes(1), UTF_8)).isEqualTo("one, (two)");
        assertThat(call.number(3)).isEqualTo(4096);
    }

    @Test
    void putsTheHalvesOfACallTogether() throws IOException {
        new TraceText()
                .line(1, "accept(5<TCPv6:[[::]:80]>,  <unfinished ...>")
                .line(2, "fsync(9<'/disk/a'>) = 0")
                .line(1, "<... accept resumed>{sin6_port=htons(4711)}, [28]) = 12<TCPv6:[7]>")
                .read(told);

        assertThat(told.events)
                .containsExactly(
                        "begun accept",
                        "begun fsync",
                        "ended fsync 0 from 2 at 2",
                        "ended accept 12 from 1 at 3");
        assertThat(told.calls.getLast().argument(1)).isEqualTo("{sin6_port=htons(4711)}");
    }

    @Test
    void tellsOfFailures() throws IOException {
        new TraceText()
                .line("openat(AT_FDCWD<'/disk'>, 'a', O_RDONLY) = -1 ENOENT (No such file (x))")
                .read(told);

        assertThat(told.events).contains("ended openat -1 from 1 at 1");
        assertThat(told.calls.getFirst().path(1)).isEqualTo(Path.of("/disk/a"));
    }

    @Test
    void tellsInWhichCallAProcessWasKilled() throws IOException {
        new TraceText()
                .line(1, "fsync(9<'/disk/a'> <unfinished ...>")
                .line(2, "fsync(9<'/disk/b'>) = ?")
                .line(1, "<... fsync resumed>) = ?")
                .line(2, "+++ killed by SIGKILL +++")
                .line(1, "+++ killed by SIGKILL +++")
                .read(told);

        assertThat(told.events)
                .containsExactly(
                        "begun fsync",
                        "begun fsync",
                        "killed 2 in [fsync] at 4",
                        "killed 1 in [fsync] at 5");
    }

    @Test
    void refusesTextThatWasCut() throws IOException {
        new TraceText().line("write(1<'/log'>, 'too long'..., 100) = 100").read(told);

        assertThatIllegalStateException().isThrownBy(() -> told.calls.getFirst().bytes(1));
    }
}
