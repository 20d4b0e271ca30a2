package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Which files and directories are forced, as the JDK's own event of a force tells it. */
public final class FileForces {

    private static final String FORCE = "jdk.FileForce";

    private FileForces() {}

    /** Something that may force files. */
    public interface Action {
        void run() throws IOException;
    }

    /** The paths that were forced, in order. */
    public static List<Path> during(Action action) throws IOException {
        Path file = Files.createTempFile("forces", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(FORCE).withoutThreshold().withoutStackTrace();
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(FORCE))
                    .map(event -> Path.of(event.getString("path")))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }
}
