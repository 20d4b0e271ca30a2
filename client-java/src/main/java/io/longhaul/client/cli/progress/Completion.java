package io.longhaul.client.cli.progress;

import io.longhaul.client.cli.shell.ByteCount;
import io.longhaul.client.cli.shell.TimeSpan;
import java.time.Duration;

/**
 * A transfer that is complete.
 *
 * @param place where the bytes are now: the URL of an upload, the file of a download
 * @param length bytes in all
 * @param moved bytes that this process moved for it
 */
public record Completion(String place, long length, long moved, Duration elapsed) {

    /** What was moved in which time, for people. */
    String summary() {
        String what = ByteCount.format(length);
        if (moved < length) {
            what += ", " + ByteCount.format(moved) + " of it now,";
        }
        double seconds = elapsed.toMillis() / 1000.0;
        String rate = seconds >= 1 ? " (" + ByteCount.rate(moved / seconds) + ")" : "";
        return what + " in " + TimeSpan.format(elapsed) + rate;
    }
}
