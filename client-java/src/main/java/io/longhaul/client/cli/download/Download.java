package io.longhaul.client.cli.download;

import io.longhaul.client.cli.http.RemoteUpload;
import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.shell.CommandException;
import io.longhaul.client.cli.shell.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Downloads one URL, going on where the last answer broke off: by a range, and only while the
 * content is still the same (RFC 9110, If-Range). For one thread.
 */
public final class Download {

    private static final int BUFFER = 256 << 10;

    /** Is told how far it is. */
    public interface Listener {
        void moved(long position, OptionalLong length);

        /** Waits before the next attempt. */
        void waiting(String trouble, long position, OptionalLong length);
    }

    private final WebClient client;
    private final Patience patience;
    private final Duration stallTimeout;
    private final Listener listener;

    public Download(WebClient client, Patience patience, Duration stallTimeout, Listener listener) {
        this.client = client;
        this.patience = patience;
        this.stallTimeout = stallTimeout;
        this.listener = listener;
    }

    /**
     * Downloads until all is there.
     *
     * @return bytes in all
     * @throws CommandException if it cannot be had
     */
    public long run(URI url, Target target) {
        long reached = target.position();
        while (!isWhole(target)) {
            Setback setback = attempt(url, target);
            if (setback.equals(Setback.NONE)) {
                break;
            }
            if (target.position() != reached) {
                reached = target.position();
                patience.renew();
            }
            listener.waiting(setback.message(), reached, target.entity().length());
            patience.await(setback.message(), setback.retryAfter());
        }
        complete(target);
        return target.entity().length().orElse(reached);
    }

    /** Why an attempt did not get to the end, though another one may. */
    private record Setback(String message, Optional<Duration> retryAfter) {
        static final Setback NONE = new Setback("", Optional.empty());

        static Setback of(String message) {
            return new Setback(message, Optional.empty());
        }
    }

    private static boolean isWhole(Target target) {
        OptionalLong length = target.entity().length();
        return length.isPresent()
                && length.getAsLong() == target.position()
                && target.entity().etag().isPresent();
    }

    private Setback attempt(URI url, Target target) {
        try {
            HttpResponse<InputStream> response =
                    client.fetch("GET", url, headers(target), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return receive(url, target, response, body);
            }
        } catch (ChangedException e) {
            throw new CommandException(ExitCode.SOURCE, url + ": " + e.getMessage(), e);
        } catch (TargetException e) {
            throw new CommandException(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            return Setback.of(WebClient.reason(e));
        }
    }

    private static Map<String, String> headers(Target target) {
        Optional<String> etag = target.entity().etag();
        return target.position() > 0 && etag.isPresent()
                ? Map.of(
                        "Accept-Encoding",
                        "identity",
                        "Range",
                        "bytes=" + target.position() + "-",
                        "If-Range",
                        etag.get())
                : Map.of("Accept-Encoding", "identity");
    }

    private Setback receive(
            URI url, Target target, HttpResponse<InputStream> response, InputStream body)
            throws IOException {
        switch (response.statusCode()) {
            case 200 -> {
                target.begin(Entity.whole(response.headers()));
                return copy(body, target);
            }
            case 206 -> {
                if (target.entity().isContinuedBy(response.headers(), target.position())) {
                    return copy(body, target);
                }
                target.begin(Entity.unknown());
                return Setback.of("the server sent another range than was asked for");
            }
            case 416 -> {
                target.begin(Entity.unknown());
                return Setback.of("the content is shorter than it was");
            }
            case 408, 423, 425, 429, 500, 502, 503, 504 -> {
                return new Setback(
                        "the server answers " + response.statusCode(),
                        Patience.retryAfter(response.headers()));
            }
            default -> throw RemoteUpload.refusal(url, response.statusCode());
        }
    }

    private Setback copy(InputStream body, Target target) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (var watchdog = new Watchdog(body, stallTimeout)) {
            while (true) {
                int count = body.read(buffer);
                if (watchdog.bites()) {
                    return Setback.of("no byte came for " + stallTimeout.toSeconds() + " s");
                }
                if (count < 0) {
                    return end(target);
                }
                watchdog.moved();
                target.write(ByteBuffer.wrap(buffer, 0, count));
                listener.moved(target.position(), target.entity().length());
            }
        } catch (TargetException e) {
            throw e;
        } catch (IOException e) {
            return Setback.of(WebClient.reason(e));
        }
    }

    /** An answer whose length is not known ends where it ends: that is how HTTP frames it. */
    private static Setback end(Target target) {
        OptionalLong length = target.entity().length();
        return length.isEmpty() || length.getAsLong() == target.position()
                ? Setback.NONE
                : Setback.of(
                        "the answer ended at " + target.position() + " of " + length.getAsLong());
    }

    private static void complete(Target target) {
        try {
            target.complete();
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, "cannot be kept: " + e.getMessage(), e);
        }
    }
}
