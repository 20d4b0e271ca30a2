package io.longhaul.client.cli.doctor;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** An append that sends the beginning of its body and then nothing, until it is cut. */
final class HeldAppend implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final CompletableFuture<HttpResponse<String>> answer;

    /**
     * Begins it.
     *
     * @param length what the request says that it will send
     */
    HeldAppend(Patient patient, URI url, byte[] beginning, long length) {
        HttpRequest.Builder request =
                patient.client()
                        .request(url)
                        // One connection for itself: a cut is to be a cut.
                        .version(Version.HTTP_1_1)
                        .timeout(LIMIT)
                        .setHeader("Tus-Resumable", "1.0.0");
        patient.appendHeaders(0).forEach(request::setHeader);
        request.method(
                patient.isOverridden() ? "POST" : "PATCH",
                BodyPublishers.fromPublisher(new Beginning(beginning), length));
        answer = patient.client().http().sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** Whether the server has answered though the body is not at its end. */
    boolean isAnswered() {
        return answer.isDone() && !answer.isCompletedExceptionally();
    }

    /** Breaks the connection. */
    @Override
    public void close() {
        answer.cancel(true);
    }

    /** Gives its bytes once, and never ends. */
    private static final class Beginning implements Flow.Publisher<ByteBuffer> {

        private final byte[] bytes;

        Beginning(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(
                    new Flow.Subscription() {
                        private boolean given;

                        @Override
                        public void request(long count) {
                            if (!given) {
                                given = true;
                                subscriber.onNext(ByteBuffer.wrap(bytes));
                            }
                        }

                        @Override
                        public void cancel() {
                            given = true;
                        }
                    });
        }
    }
}
