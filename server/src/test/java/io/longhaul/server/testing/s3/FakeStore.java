package io.longhaul.server.testing.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the store in memory does, whichever way a request comes to it. Thread-safe. */
final class FakeStore {

    private final FakeBucket bucket;
    private final ObjectCalls objects;
    private final MultipartCalls multiparts;
    private final Map<S3Operation, Integer> counts = new EnumMap<>(S3Operation.class);
    private volatile Function<S3Call, S3Fault> faults = _ -> S3Fault.NONE;

    FakeStore(S3Rules rules) {
        bucket = new FakeBucket(rules);
        objects = new ObjectCalls(bucket, rules);
        multiparts = new MultipartCalls(bucket, rules);
    }

    void faults(Function<S3Call, S3Fault> decision) {
        faults = decision;
    }

    Map<S3Operation, Integer> takeCounts() {
        synchronized (counts) {
            Map<S3Operation, Integer> taken = Map.copyOf(counts);
            counts.clear();
            return taken;
        }
    }

    List<String> keys() {
        return List.copyOf(bucket.list("", "", Integer.MAX_VALUE).keySet());
    }

    int multiparts() {
        return bucket.multiparts().size();
    }

    /** The answer to a request; throws when the connection is to break without one. */
    S3Answer answer(String method, URI target, S3Request.Headers headers, InputStream content)
            throws IOException {
        try {
            S3Request request = S3Request.of(method, target, headers, content);
            count(request.call());
            return answer(request);
        } catch (S3Failure e) {
            return S3Answer.of(e);
        }
    }

    private void count(S3Call call) {
        synchronized (counts) {
            counts.merge(call.operation(), 1, Integer::sum);
        }
    }

    private S3Answer answer(S3Request request) throws IOException, S3Failure {
        return switch (faults.apply(request.call())) {
            case S3Fault.None _ -> done(request);
            case S3Fault.Late late -> {
                pause(late.time());
                yield done(request);
            }
            case S3Fault.Refused refused ->
                    throw new S3Failure(refused.status(), refused.code(), "a fault");
            case S3Fault.AnswerLost _ -> {
                done(request);
                throw new EOFException("the answer is lost");
            }
            case S3Fault.RequestLost _ -> {
                int _ = request.content().read();
                throw new EOFException("the request is lost");
            }
            case S3Fault.AnswerCut _ -> done(request).cut();
            case S3Fault.StaleList stale -> done(request, Instant.now().minus(stale.time()));
        };
    }

    private static void pause(Duration wait) throws IOException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private S3Answer done(S3Request request) {
        return done(request, Instant.MAX);
    }

    private S3Answer done(S3Request request, Instant listed) {
        try {
            if (!request.call().bucket().equals(FakeS3.BUCKET)) {
                throw new S3Failure(404, "NoSuchBucket", request.call().bucket());
            }
            return called(request, listed);
        } catch (S3Failure e) {
            return S3Answer.of(e);
        }
    }

    private S3Answer called(S3Request request, Instant listed) throws S3Failure {
        return switch (request.call().operation()) {
            case PUT_OBJECT -> objects.put(request);
            case GET_OBJECT -> objects.get(request);
            case HEAD_OBJECT -> objects.head(request);
            case DELETE_OBJECT -> objects.delete(request);
            case DELETE_OBJECTS -> objects.deleteMany(request);
            case LIST_OBJECTS -> objects.list(request, listed);
            case CREATE_MULTIPART_UPLOAD -> multiparts.create(request);
            case UPLOAD_PART -> multiparts.uploadPart(request);
            case UPLOAD_PART_COPY -> multiparts.copyPart(request);
            case COMPLETE_MULTIPART_UPLOAD -> multiparts.complete(request);
            case ABORT_MULTIPART_UPLOAD -> multiparts.abort(request);
            case LIST_PARTS -> multiparts.listParts(request);
            case LIST_MULTIPART_UPLOADS -> multiparts.list(request);
            case GET_LIFECYCLE -> lifecycle();
            case PUT_LIFECYCLE -> {
                bucket.lifecycle(new String(request.body(), StandardCharsets.UTF_8));
                yield S3Answer.empty(200);
            }
        };
    }

    private S3Answer lifecycle() throws S3Failure {
        return S3Answer.xml(
                200,
                bucket.lifecycle()
                        .orElseThrow(
                                () ->
                                        new S3Failure(
                                                404,
                                                "NoSuchLifecycleConfiguration",
                                                FakeS3.BUCKET)));
    }
}
