package io.longhaul.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.Client;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A download that goes on behind what it has when its connection breaks, as long as the content is
 * the same. It reads what it is told to and no more. For one thread at a time.
 */
final class ResumingDownload implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** So small that little more is on its way than was read. */
    private static final int RECEIVE_BUFFER = 64 << 10;

    private final int port;
    private final String path;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private @Nullable RawConnection connection;
    private @Nullable String tag;
    private int breaks;

    ResumingDownload(int port, String path) {
        this.port = port;
        this.path = path;
    }

    /** Reads so many bytes more. */
    ResumingDownload read(int count) {
        int goal = content.size() + count;
        await("%d bytes".formatted(goal))
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .until(() -> goOn(goal));
        return this;
    }

    byte[] content() {
        return content.toByteArray();
    }

    /** How often a connection broke in the middle. */
    int breaks() {
        return breaks;
    }

    private boolean goOn(int goal) throws IOException {
        RawConnection open = connection == null ? open() : connection;
        if (open == null) {
            return false;
        }
        try {
            open.copyBytes(goal - content.size(), content);
            return true;
        } catch (IOException _) { // broken
            breaks++;
            close();
            return false;
        }
    }

    /** Null when the balancer had no node for it. */
    private @Nullable RawConnection open() throws IOException {
        RawConnection opened = RawConnection.to(port, RECEIVE_BUFFER).timeout(LIMIT);
        RawResponse head = opened.request(request()).readHead();
        if (head.status() == 423) {
            opened.close();
            return null;
        }
        assertThat(head.status()).as(head.toString()).isEqualTo(tag == null ? 200 : 206);
        tag = head.required("ETag");
        connection = opened;
        return opened;
    }

    private String request() {
        return tag == null
                ? Client.head("GET", path)
                : Client.head(
                        "GET",
                        path,
                        "Range: bytes=%d-".formatted(content.size()),
                        "If-Range: " + tag);
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
