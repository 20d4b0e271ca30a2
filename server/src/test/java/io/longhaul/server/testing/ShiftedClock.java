package io.longhaul.server.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** A wall clock for another process that can be set while it runs. */
public final class ShiftedClock {

    private static final Path SOURCE = Path.of("src/test/c/shifted_clock.c");

    private final Path library;
    private final Path shift;

    private ShiftedClock(Path library, Path shift) {
        this.library = library;
        this.shift = shift;
    }

    /** A clock that is right; the test is skipped where there is no C compiler. */
    public static ShiftedClock in(Path directory) throws IOException, InterruptedException {
        assumeThat(CCompiler.isThere()).as("there is a C compiler").isTrue();
        Path library = directory.resolve("shifted_clock.so");
        CCompiler.compile(SOURCE, library, "-shared", "-fPIC");
        ShiftedClock clock = new ShiftedClock(library, directory.resolve("shift"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** For the process whose clock it is to be. */
    public Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_SHIFT", shift.toString());
    }

    /** Sets it to a time from the right one, in whole seconds. */
    public void set(Duration ahead) throws IOException {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(0, ahead.toSeconds());
        Files.write(shift, seconds.array(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
