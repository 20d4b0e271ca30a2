package io.longhaul.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.protocol.http.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of requests that the fuzzer's bytes say, each compared with a model of the uploads.
 */
final class UploadRequests {

    private static final int MAX_STEPS = 30;
    private static final int MAX_UPLOADS = 6;
    private static final Set<String> CHANGING = Set.of("POST", "PATCH", "DELETE");
    private static final List<String> NAMES =
            List.of(
                    "Upload-Offset",
                    "Upload-Length",
                    "Upload-Checksum",
                    "Content-Type",
                    "Tus-Resumable",
                    "Trailer",
                    "Upload-Metadata",
                    "Upload-Concat",
                    "Upload-Defer-Length",
                    "Idempotency-Key");

    private final RequestWorld world = RequestWorld.only();
    private final FuzzInput input;
    private final List<FuzzedUpload> uploads = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    UploadRequests(FuzzInput input) {
        this.input = input;
    }

    /** What was done so far, a line for each step. */
    List<String> log() {
        return log;
    }

    void run() throws IOException {
        for (int step = 0; step < MAX_STEPS && !input.isEmpty(); step++) {
            step();
            for (FuzzedUpload upload : uploads) {
                compare(upload);
            }
        }
        for (FuzzedUpload upload : uploads) {
            compareContent(upload);
        }
    }

    private void step() throws IOException {
        int choice = uploads.isEmpty() ? input.below(2) : input.below(14);
        switch (choice) {
            case 0 -> create();
            case 1 -> createOddly();
            case 2 -> terminate(any());
            case 3 -> concatenate();
            case 4 -> pass(Duration.ofMinutes(input.next()));
            case 5 -> ask(any());
            case 6, 7 -> appendOddly(any());
            default -> append(any());
        }
    }

    private FuzzedUpload any() {
        return uploads.get(input.below(uploads.size()));
    }

    private HttpReply ask(FuzzRequest request) throws IOException {
        HttpReply reply = world.ask(request);
        log.add("%s: %s".formatted(request, reply));
        return reply;
    }

    private static FuzzRequest tus(String method, String path) {
        return new FuzzRequest(method, path, FuzzBody.none()).header("Tus-Resumable", "1.0.0");
    }

    private static Optional<String> header(HttpReply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(HttpReply.Header::value)
                .findFirst();
    }

    private void create() throws IOException {
        int flags = input.next();
        long length = input.next() * 5L;
        boolean deferred = (flags & 3) == 3;
        boolean partial = (flags & 4) != 0;
        byte[] first = input.take((flags & 24) == 24 ? input.next() : 0);
        FuzzBody body = new FuzzBody(first, 9, false, OptionalLong.of(first.length));
        FuzzRequest request =
                new FuzzRequest("POST", "/files", body)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Content-Type", "application/offset+octet-stream")
                        .header(
                                deferred ? "Upload-Defer-Length" : "Upload-Length",
                                deferred ? "1" : Long.toString(length));
        if (partial) {
            request.header("Upload-Concat", "partial");
        }
        HttpReply reply = ask(request);
        boolean large = !deferred && (length > RequestWorld.MAX_SIZE || first.length > length);
        assertThat(reply.status()).isEqualTo(large ? 413 : 201);
        if (!large) {
            created(reply, partial, List.of(), deferred ? null : length)
                    .accept(first, first.length);
        }
    }

    private FuzzedUpload created(
            HttpReply reply, boolean partial, List<FuzzedUpload> parts, @Nullable Long length) {
        String path = header(reply, "Location").orElseThrow();
        FuzzedUpload upload = new FuzzedUpload(path, partial, parts, length);
        assertThat(uploads).extracting(each -> each.path).doesNotContain(path);
        if (uploads.size() == MAX_UPLOADS) {
            uploads.removeFirst();
        }
        uploads.add(upload);
        return upload;
    }

    /** Whatever the headers say: what is made keeps its metadata as it came. */
    private void createOddly() throws IOException {
        FuzzRequest request = tus("POST", "/files");
        if (input.below(2) == 0) {
            request.header("Upload-Length", "5");
        }
        for (int i = input.below(4); i > 0; i--) {
            request.header(NAMES.get(input.below(NAMES.size())), input.line());
        }
        HttpReply reply = ask(request);
        if (reply.status() == 201) {
            HttpReply head = ask(tus("HEAD", header(reply, "Location").orElseThrow()));
            assertThat(head.status()).isIn(200, 410, 404);
            String sent = request.headers("Upload-Metadata").stream().findFirst().orElse("");
            if (head.status() == 200
                    && request.headers("Idempotency-Key").isEmpty()
                    && !sent.contains("clientid")) {
                assertThat(header(head, "Upload-Metadata").orElse("")).isEqualTo(sent);
            }
        }
    }

    private void concatenate() throws IOException {
        List<FuzzedUpload> parts = new ArrayList<>();
        for (int i = input.below(3); i >= 0; i--) {
            parts.add(any());
        }
        String urls = parts.stream().map(part -> part.path).collect(Collectors.joining(" "));
        HttpReply reply = ask(tus("POST", "/files").header("Upload-Concat", "final;" + urls));
        boolean able = parts.stream().allMatch(part -> part.partial && !part.gone);
        if (!able) {
            assertThat(reply.status()).isIn(400, 404, 410);
        } else if (parts.stream().noneMatch(FuzzedUpload::mayExpire)) {
            assertThat(reply.status()).isIn(201, 413);
        }
        if (reply.status() == 201) {
            created(reply, false, parts, null);
        }
    }

    private void terminate(FuzzedUpload upload) throws IOException {
        HttpReply reply = ask(tus("DELETE", upload.path));
        if (upload.gone) {
            assertThat(reply.status()).isIn(404, 410);
        } else {
            assertThat(reply.status())
                    .isIn(upload.mayExpire() ? List.of(204, 404, 410) : List.of(204));
        }
        upload.gone = true;
    }

    private void pass(Duration time) throws IOException {
        log.add("%s later".formatted(time));
        world.pass(time);
        uploads.forEach(upload -> upload.idle += time.toMinutes());
    }

    /** A request that changes nothing, whatever it is. */
    private void ask(FuzzedUpload upload) throws IOException {
        String method = input.line();
        String path = input.below(2) == 0 ? upload.path : input.line();
        if (!CHANGING.contains(method) && !method.equals("GET")) {
            FuzzRequest request = new FuzzRequest(method, path, FuzzBody.none());
            ask(request.header("Tus-Resumable", "1.0.0").header("Upload-Offset", input.line()));
        } else {
            ask(new FuzzRequest(method, upload.path, FuzzBody.none()).header("X", input.line()));
        }
    }

    private void append(FuzzedUpload upload) throws IOException {
        FuzzedAppend append = FuzzedAppend.from(input);
        Set<Integer> refusals = append.refusals(upload);
        log.add("%s: %s".formatted(upload, append));
        HttpReply reply = ask(append.request(upload));
        boolean mayPass = refusals.isEmpty() || (refusals.equals(Set.of(404, 410)) && !upload.gone);
        assertThat(reply.status())
                .isIn(refusals.isEmpty() ? List.of(204) : with(refusals, mayPass));
        observe(upload, reply, append.bytes(), append.allOrNothing());
    }

    private static List<Integer> with(Set<Integer> refusals, boolean success) {
        List<Integer> statuses = new ArrayList<>(refusals);
        if (success) {
            statuses.add(204);
        }
        return statuses;
    }

    /** A right append but for one header, which is anything. */
    private void appendOddly(FuzzedUpload upload) throws IOException {
        String name = NAMES.get(input.below(NAMES.size()));
        String value = input.line();
        byte[] bytes = input.take(input.next());
        FuzzBody body = new FuzzBody(bytes, 50, false, OptionalLong.of(bytes.length));
        FuzzRequest request = new FuzzRequest("PATCH", upload.path, body).header(name, value);
        for (FuzzRequest.Field field : FuzzRequest.append(upload.offset())) {
            if (!field.name().equals(name)) {
                request.header(field.name(), field.value());
            }
        }
        observe(upload, ask(request), bytes, name.equals("Upload-Checksum"));
    }

    /** The offset never decreases, and grows by what was accepted or what arrived before a cut. */
    private void observe(FuzzedUpload upload, HttpReply reply, byte[] sent, boolean allOrNothing)
            throws IOException {
        HttpReply head = ask(tus("HEAD", upload.path));
        if (head.status() != 200 || upload.isFinal()) {
            assertThat(reply.status()).isNotEqualTo(204);
            return;
        }
        long offset = Long.parseLong(header(head, "Upload-Offset").orElseThrow());
        long kept = offset - upload.offset();
        boolean accepted = reply.status() == 204;
        assertThat(kept).isBetween(accepted ? sent.length : 0L, (long) sent.length);
        if (!accepted && (allOrNothing || !Set.of(400, 413).contains(reply.status()))) {
            assertThat(kept).isZero();
        }
        if (accepted) {
            assertThat(header(reply, "Upload-Offset")).contains(Long.toString(offset));
            upload.idle = 0;
        } else if (kept > 0) {
            upload.idle = 0;
        }
        upload.accept(sent, (int) kept);
        if (upload.length == null) {
            upload.length = header(head, "Upload-Length").map(Long::valueOf).orElse(null);
        }
    }

    private void compare(FuzzedUpload upload) throws IOException {
        HttpReply head = world.ask(tus("HEAD", upload.path));
        if (upload.gone) {
            assertThat(head.status()).as(upload.toString()).isIn(404, 410);
        } else if (head.status() != 200) {
            assertThat(upload.mayExpire()).as("%s: %s", upload, head).isTrue();
            assertThat(head.status()).isIn(404, 410);
            upload.gone = true;
        } else if (!upload.isFinal()) {
            assertThat(header(head, "Upload-Offset"))
                    .as(upload.toString())
                    .contains(Long.toString(upload.offset()));
            assertThat(header(head, "Upload-Length"))
                    .isEqualTo(Optional.ofNullable(upload.length).map(String::valueOf));
        }
    }

    private void compareContent(FuzzedUpload upload) throws IOException {
        if (upload.gone) {
            return;
        }
        if (!upload.isFinal()) {
            if (upload.complete()) {
                assertThat(world.download(upload.id())).isEqualTo(upload.accepted.toByteArray());
            }
        } else if (header(ask(tus("HEAD", upload.path)), "Upload-Offset").isPresent()) {
            ByteArrayOutputStream parts = new ByteArrayOutputStream();
            for (FuzzedUpload part : upload.parts) {
                part.accepted.writeTo(parts);
            }
            assertThat(world.download(upload.id())).isEqualTo(parts.toByteArray());
        }
    }
}
