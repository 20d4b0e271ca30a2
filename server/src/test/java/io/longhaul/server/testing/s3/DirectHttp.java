package io.longhaul.server.testing.s3;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.commons.io.input.BrokenInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The SDK's way to a store in this process: no sockets, the same answers and the same faults. */
record DirectHttp(FakeStore store) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return response(request.httpRequest(), answer(request));
            }

            @Override
            public void abort() {
                // The thread that calls is interrupted.
            }
        };
    }

    private S3Answer answer(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest http = request.httpRequest();
        try (InputStream content =
                request.contentStreamProvider().isPresent()
                        ? request.contentStreamProvider().get().newStream()
                        : InputStream.nullInputStream()) {
            return store.answer(
                    http.method().name(),
                    http.getUri(),
                    name -> http.firstMatchingHeader(name).orElse(null),
                    content);
        }
    }

    private static HttpExecuteResponse response(SdkHttpRequest request, S3Answer answer) {
        SdkHttpFullResponse.Builder head =
                SdkHttpFullResponse.builder().statusCode(answer.status());
        answer.headers().forEach(head::putHeader);
        HttpExecuteResponse.Builder response = HttpExecuteResponse.builder();
        if (request.method() != SdkHttpMethod.HEAD) {
            head.putHeader("Content-Length", Integer.toString(answer.body().length));
            response.responseBody(AbortableInputStream.create(body(answer)));
        }
        return response.response(head.build()).build();
    }

    private static InputStream body(S3Answer answer) {
        InputStream sent = new ByteArrayInputStream(answer.body(), 0, answer.sent());
        return answer.sent() == answer.body().length
                ? sent
                : new SequenceInputStream(
                        sent, new BrokenInputStream(() -> new EOFException("the answer is cut")));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
