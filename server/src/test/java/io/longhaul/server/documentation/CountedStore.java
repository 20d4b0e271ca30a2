package io.longhaul.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Call;
import io.longhaul.server.testing.s3.S3Fault;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A strict store that notes what a server asks it for. For one request at a time. */
final class CountedStore implements AutoCloseable {

    private final FakeS3 s3;
    private final List<S3Call> calls = new ArrayList<>();

    private CountedStore(FakeS3 s3) {
        this.s3 = s3;
    }

    static CountedStore start(S3Rules rules) throws IOException {
        CountedStore store = new CountedStore(FakeS3.start(rules));
        store.s3.faults(store::noted);
        return store;
    }

    /** For a server whose own schedules do not count. */
    List<String> settings() {
        List<String> settings = new ArrayList<>(s3.settings());
        settings.add("longhaul.sweep-interval=1h");
        return settings;
    }

    private S3Fault noted(S3Call call) {
        synchronized (calls) {
            calls.add(call);
        }
        return S3Fault.NONE;
    }

    /** A request of a client. */
    interface Request {
        RawResponse send() throws IOException;
    }

    /** The calls before an answer, and those that come afterwards. */
    record Calls(List<S3Call> before, List<S3Call> afterwards) {}

    /** What a request, which has to end well, makes a server do. */
    Calls of(Request request) throws IOException {
        awaitQuiet();
        drained();
        RawResponse answer = request.send();
        assertThat(answer.status()).as(answer.toString()).isLessThan(300);
        List<S3Call> before = drained();
        awaitQuiet();
        return new Calls(before, drained());
    }

    private List<S3Call> drained() {
        synchronized (calls) {
            List<S3Call> all = List.copyOf(calls);
            calls.clear();
            return all;
        }
    }

    /** No call for so long that what a request has set off is over. */
    private void awaitQuiet() {
        await().pollInterval(Duration.ofMillis(50))
                .during(Duration.ofMillis(300))
                .until(
                        () -> {
                            synchronized (calls) {
                                return calls.size();
                            }
                        },
                        new Unchanged());
    }

    @Override
    public void close() {
        s3.close();
    }
}
