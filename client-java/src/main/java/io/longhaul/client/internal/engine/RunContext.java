package io.longhaul.client.internal.engine;

import io.longhaul.client.internal.source.Content;
import io.longhaul.client.internal.wire.ServerOptions;
import io.longhaul.client.internal.wire.StopSignal;
import io.longhaul.client.internal.wire.Transport;
import io.longhaul.client.internal.wire.TusServer;
import java.util.Map;

/** What one run of an upload works with; a run ends by completion, failure, pause or cancelling. */
record RunContext(
        ClientSettings settings,
        Transport transport,
        ServerOptions options,
        Content content,
        Map<String, String> metadata,
        UrlBook book,
        ProgressMeter meter,
        StopSignal stop) {

    TusServer server(StopSignal signal) {
        return new TusServer(transport, settings.endpoint(), signal, settings.stallTimeout());
    }

    /**
     * Whether buffers may be mapped files: encryption would read them where a cut file is fatal.
     */
    boolean mapped() {
        return "http".equals(settings.endpoint().getScheme());
    }
}
