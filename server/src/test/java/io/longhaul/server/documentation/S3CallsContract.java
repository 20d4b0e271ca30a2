package io.longhaul.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TestServer;
import io.longhaul.server.testing.TusTranscript;
import io.longhaul.server.testing.s3.S3Call;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The calls to the store that a request makes, as the page about stores tells them. */
abstract class S3CallsContract extends TusTranscript {

    private static final Path PAGE = Path.of("../docs/stores/README.md");
    private static final String ALL = "/files";
    private static final int MIB = 1 << 20;

    private final CountedStore store;

    S3CallsContract(S3Rules rules) throws IOException {
        store = CountedStore.start(rules);
    }

    @Override
    protected TestServer start(String... all) {
        return TestServer.start(store.settings().toArray(String[]::new));
    }

    @AfterAll
    void stopStore() {
        server().close(); // before the store, which it looks into once more
        store.close();
    }

    /** A row of the page's table: the calls before the answer, and those that come afterwards. */
    private String row(String name, CountedStore.Request request) throws IOException {
        CountedStore.Calls calls = store.of(request);
        return "| %s | %s | %s |"
                .formatted(name, counted(calls.before()), counted(calls.afterwards()));
    }

    /** A row for a request that sets off something which does not wait for its answer. */
    private String rowTogether(String name, CountedStore.Request request) throws IOException {
        CountedStore.Calls calls = store.of(request);
        List<S3Call> all = new ArrayList<>(calls.before());
        all.addAll(calls.afterwards());
        return "| %s | both together: %s | |".formatted(name, counted(all));
    }

    private static String counted(List<S3Call> calls) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        calls.forEach(call -> counts.merge(name(call), 1, Integer::sum));
        return counts.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        counts.entrySet().stream()
                                .map(each -> "%d %s".formatted(each.getValue(), each.getKey()))
                                .toList());
    }

    private static String name(S3Call call) {
        return switch (call.operation()) {
            case PUT_OBJECT -> "PUT";
            case GET_OBJECT -> "GET";
            case HEAD_OBJECT -> "HEAD";
            case DELETE_OBJECT, DELETE_OBJECTS -> "delete";
            case LIST_OBJECTS, LIST_MULTIPART_UPLOADS, LIST_PARTS -> "list";
            case CREATE_MULTIPART_UPLOAD -> "multipart begun";
            case UPLOAD_PART -> "part";
            case UPLOAD_PART_COPY -> "part copied";
            case COMPLETE_MULTIPART_UPLOAD -> "multipart completed";
            case ABORT_MULTIPART_UPLOAD -> "multipart aborted";
            case GET_LIFECYCLE, PUT_LIFECYCLE -> "lifecycle";
        };
    }

    @Test
    void areAsThePageTellsThem() throws IOException {
        List<String> rows = new ArrayList<>();
        List<String> path = new ArrayList<>();
        rows.add(
                row(
                        "POST",
                        () -> {
                            RawResponse answer = created("Upload-Length: " + 20 * MIB);
                            path.add(answer.required("Location"));
                            return answer;
                        }));
        rows.add(row("HEAD", () -> exchange("HEAD", path.getFirst())));
        rows.add(row("PATCH, 1 MiB", () -> append(path.getFirst(), 0, new byte[MIB])));
        rows.add(row("PATCH, 1 MiB more", () -> append(path.getFirst(), MIB, new byte[MIB])));
        rows.add(row("PATCH, 9 MiB", () -> append(path.getFirst(), 2 * MIB, new byte[9 * MIB])));
        rows.add(
                row(
                        "PATCH, the last 9 MiB",
                        () -> append(path.getFirst(), 11 * MIB, new byte[9 * MIB])));
        rows.add(row("HEAD, complete", () -> exchange("HEAD", path.getFirst())));
        rows.add(row("GET, complete", () -> exchange("GET", path.getFirst())));
        rows.add(row("DELETE", () -> exchange("DELETE", path.getFirst())));
        rows.add(row("POST with all its 10 KiB", () -> whole(10 << 10)));
        rows.add(row("POST with all its 1 MiB", () -> whole(MIB)));
        String first = partial(9 * MIB);
        String second = partial(MIB);
        rows.add(
                rowTogether(
                        "POST, final of uploads of 9 MiB and 1 MiB",
                        () -> concatenated("final;%s %s".formatted(first, second))));

        assertThat(Files.readString(PAGE)).contains(String.join("\n", rows));
    }

    private String partial(int bytes) throws IOException {
        String path =
                exchange(
                                "POST",
                                ALL,
                                "Upload-Length: " + bytes,
                                "Upload-Concat: partial",
                                "Content-Length: 0")
                        .required("Location");
        append(path, 0, new byte[bytes]);
        return path;
    }

    private RawResponse concatenated(String value) throws IOException {
        return exchange("POST", ALL, "Upload-Concat: " + value, "Content-Length: 0");
    }

    private RawResponse created(String length) throws IOException {
        return exchange("POST", ALL, length, "Content-Length: 0");
    }

    private RawResponse whole(int bytes) throws IOException {
        return exchange(
                "POST",
                ALL,
                new byte[bytes],
                "Upload-Length: " + bytes,
                "Content-Type: application/offset+octet-stream");
    }
}
