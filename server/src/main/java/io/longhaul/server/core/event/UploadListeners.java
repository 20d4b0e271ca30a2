package io.longhaul.server.core.event;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one, told in order. */
public record UploadListeners(List<UploadListener> all) implements UploadListener {

    public UploadListeners {
        all = List.copyOf(all);
    }

    @Override
    public void onEvent(UploadEvent event) {
        each(listener -> listener.onEvent(event));
    }

    @Override
    public void onAnnouncement() {
        each(UploadListener::onAnnouncement);
    }

    @Override
    public void onAppend(long bytes, Duration duration) {
        each(listener -> listener.onAppend(bytes, duration));
    }

    @Override
    public void onWait(Duration duration) {
        each(listener -> listener.onWait(duration));
    }

    @Override
    public void onTakeover() {
        each(UploadListener::onTakeover);
    }

    @Override
    public void onRefusal(String code) {
        each(listener -> listener.onRefusal(code));
    }

    private void each(Consumer<UploadListener> call) {
        all.forEach(call);
    }
}
