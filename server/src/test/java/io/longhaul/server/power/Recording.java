package io.longhaul.server.power;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A traced run of a server, read: what happened to its disk, what it told, and what its clients
 * sent.
 *
 * @param lines how many there were in the trace
 */
record Recording(
        RecordedDisk disk,
        DiskRecorder calls,
        WireRecorder wire,
        List<SentUpload> uploads,
        int lines) {

    /** What a run left to be read. */
    record Source(Path trace, Path disk, List<DiskRecorder.Kill> kills, List<SentUpload> uploads) {

        /** Reads the run. */
        Recording read() throws IOException {
            RecordedDisk recorded = new RecordedDisk(disk.resolve("data"));
            DiskRecorder calls = new DiskRecorder(recorded, kills);
            WireRecorder wire = new WireRecorder();
            try (BufferedReader lines =
                    Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
                int count = new TraceReader(new Both(calls, wire)).read(lines);
                return new Recording(recorded, calls, wire, uploads, count);
            }
        }
    }

    private record Both(TraceReader.Listener first, TraceReader.Listener second)
            implements TraceReader.Listener {

        @Override
        public void begun(SystemCall call) {
            first.begun(call);
            second.begun(call);
        }

        @Override
        public void ended(SystemCall call, long result, int line) {
            first.ended(call, result, line);
            second.ended(call, result, line);
        }

        @Override
        public void killed(int process, List<SystemCall> unfinished, int line) {
            first.killed(process, unfinished, line);
            second.killed(process, unfinished, line);
        }
    }
}
