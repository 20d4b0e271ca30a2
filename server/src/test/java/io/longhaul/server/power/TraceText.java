package io.longhaul.server.power;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** A trace as strace would have written it, made up for a test. */
final class TraceText {

    private static final HexFormat HEX = HexFormat.of().withPrefix("\\x");

    private final StringBuilder text = new StringBuilder();

    /** Adds a line of process 7; {@code 'text'} becomes a string, and a path in a descriptor. */
    TraceText line(String line) {
        return line(7, line);
    }

    TraceText line(int process, String line) {
        String[] pieces = line.split("'", -1);
        for (int i = 1; i < pieces.length; i += 2) {
            boolean descriptor = pieces[i - 1].endsWith("<");
            String hex = HEX.formatHex(pieces[i].getBytes(UTF_8));
            pieces[i] = descriptor ? hex : '"' + hex + '"';
        }
        text.append(process).append(' ').append(String.join("", pieces)).append('\n');
        return this;
    }

    /** Reads it as it was put together; how many lines there are. */
    int read(TraceReader.Listener listener) throws IOException {
        return new TraceReader(listener)
                .read(new BufferedReader(new StringReader(text.toString())));
    }

    /** Reads it into a disk on which {@code /disk/data} is recorded. */
    RecordedDisk disk() throws IOException {
        RecordedDisk disk = new RecordedDisk(Path.of("/disk/data"));
        read(new DiskRecorder(disk, List.of()));
        return disk;
    }
}
