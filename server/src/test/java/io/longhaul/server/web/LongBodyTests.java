package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.testing.InMemoryContentStore;
import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose thread takes a body: thousands of long ones wait at once, each with all of its stack. */
final class LongBodyTests {

    private static final String HEADERS =
            "HTTP/1.1\nHost: localhost\nTus-Resumable: 1.0.0"
                    + "\nContent-Type: application/offset+octet-stream\n";

    private final CompletableFuture<List<String>> stack = new CompletableFuture<>();
    private UploadServer server;

    private final UploadListener observer =
            new UploadListener() {
                @Override
                public void onAppend(long accepted, Duration took) {
                    stack.complete(StackWalker.getInstance().walk(LongBodyTests::classes));
                }
            };

    private static List<String> classes(Stream<StackWalker.StackFrame> frames) {
        return frames.map(StackWalker.StackFrame::getClassName).toList();
    }

    @BeforeEach
    void start() throws Exception {
        server =
                UploadServer.start(
                        new InMemoryContentStore(),
                        new Holders(HolderTiming.DEFAULT, observer),
                        observer);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private List<String> stackOfAppend(String framing, String body) throws Exception {
        try (RawConnection connection = server.connect()) {
            String path =
                    connection
                            .exchange("POST /files " + HEADERS + "Upload-Length: 20000")
                            .required("Location");
            connection.request("PATCH " + path + " " + HEADERS + "Upload-Offset: 0\n" + framing);
            RawResponse response = connection.send(body).read();
            assertThat(response.status()).isEqualTo(204);
            assertThat(connection.exchange("HEAD " + path + " " + HEADERS).status())
                    .as("the connection goes on")
                    .isEqualTo(200);
        }
        return stack.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneThatTakesManyReadsHasAThreadOfItsOwn() throws Exception {
        assertThat(stackOfAppend("Content-Length: 20000", "x".repeat(20_000)))
                .contains(UploadHandler.class.getName())
                .noneMatch(each -> each.startsWith("org.eclipse.jetty.server."));
    }

    @Test
    void oneOfUnknownLengthHasAThreadOfItsOwn() throws Exception {
        assertThat(stackOfAppend("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"))
                .contains(UploadHandler.class.getName())
                .noneMatch(each -> each.startsWith("org.eclipse.jetty.server."));
    }

    @Test
    void shortOneIsTakenWhereItsHeadWasRead() throws Exception {
        assertThat(stackOfAppend("Content-Length: 5", "hello"))
                .contains(UploadHandler.class.getName())
                .anyMatch(each -> each.startsWith("org.eclipse.jetty.server."));
    }
}
