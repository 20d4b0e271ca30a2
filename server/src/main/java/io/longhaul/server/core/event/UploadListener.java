package io.longhaul.server.core.event;

import java.time.Duration;

/**
 * Is told what happens to uploads, at once and on the thread it happens on: it must be quick, must
 * not throw, and must be thread-safe. Nothing of this is repeated after a crash; what must not be
 * missed goes through the outbox.
 */
public interface UploadListener {

    /** An event in an upload's life; {@link UploadEvent.Completed} may come more than once. */
    default void onEvent(UploadEvent event) {}

    /** An event was put into the outbox, and will come by {@link #onEvent} soon. */
    default void onAnnouncement() {}

    /** An append ended, however it did, with that many bytes accepted. */
    default void onAppend(long bytes, Duration duration) {}

    /** A request waited for a holder to let go. */
    default void onWait(Duration duration) {}

    /** A request took an upload over from a holder. */
    default void onTakeover() {}

    /** A request was refused with this code. */
    default void onRefusal(String code) {}
}
