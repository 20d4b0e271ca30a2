package io.longhaul.server.observability;

import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.event.UploadListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one line for each event in an upload's life. The line names the upload; the same is there as
 * the fields {@code upload}, {@code event.action} and {@code length} for structured formats.
 */
public final class UploadLog implements UploadListener {

    private static final Logger log = LoggerFactory.getLogger(UploadLog.class);

    @Override
    public void onEvent(UploadEvent event) {
        switch (event) {
            case UploadEvent.Created _ -> line(event, "created").log("Upload {} was created");
            case UploadEvent.Completed completed ->
                    line(event, "completed")
                            .addKeyValue("length", completed.length())
                            .addArgument(completed.length())
                            .log("Upload {} is complete with {} bytes");
            case UploadEvent.Terminated _ ->
                    line(event, "terminated").log("Upload {} was deleted by its client");
            case UploadEvent.Expired _ ->
                    line(event, "expired").log("Upload {} was not complete in time and expired");
        }
    }

    // "event" alone would collide with the object of that name in the Elastic Common Schema.
    private static LoggingEventBuilder line(UploadEvent event, String action) {
        return log.atInfo()
                .addKeyValue("upload", event.id())
                .addKeyValue("event.action", action)
                .addArgument(event.id());
    }
}
