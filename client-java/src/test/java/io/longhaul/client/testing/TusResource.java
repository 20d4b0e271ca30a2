package io.longhaul.client.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Uploads in memory, answered by the rules of tus 1.0.0. Thread-safe. */
final class TusResource {

    static final String ENDPOINT = "/files";

    private static final String FINAL = "final;";

    private static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,concatenation,checksum,"
                    + "termination,expiration";

    /** Gives the body piece by piece; empty at its end. */
    @FunctionalInterface
    interface Body {
        byte[] next() throws IOException;
    }

    private final Map<String, MemoryUpload> uploads = new ConcurrentSkipListMap<>();
    private final Map<String, MemoryUpload> byKey = new ConcurrentHashMap<>();
    private int created;

    Map<String, MemoryUpload> uploads() {
        return uploads;
    }

    Optional<MemoryUpload> find(String path) {
        return Optional.ofNullable(uploads.get(path));
    }

    void forget(String path) {
        uploads.remove(path);
        byKey.values().removeIf(upload -> upload.path().equals(path));
    }

    Answer serve(ScriptedRequest request, Body body) throws IOException {
        if (request.resource().equals(ENDPOINT)) {
            return serveEndpoint(request, body);
        }
        MemoryUpload upload = uploads.get(request.resource());
        if (upload == null) {
            return tus(404);
        }
        return switch (request.method()) {
            case "HEAD" -> head(upload);
            case "PATCH" -> patch(upload, request, body);
            case "DELETE" -> {
                forget(request.resource());
                yield tus(204);
            }
            default -> tus(405);
        };
    }

    private Answer serveEndpoint(ScriptedRequest request, Body body) throws IOException {
        return switch (request.method()) {
            case "OPTIONS" ->
                    tus(204).with("Tus-Version", "1.0.0")
                            .with("Tus-Extension", EXTENSIONS)
                            .with("Tus-Checksum-Algorithm", "sha1");
            case "POST" -> post(request, body);
            default -> tus(405);
        };
    }

    private Answer post(ScriptedRequest request, Body body) throws IOException {
        String concat = request.header("Upload-Concat").orElse("");
        boolean last = concat.startsWith(FINAL);
        boolean deferred = request.header("Upload-Defer-Length").isPresent();
        if (!last && !deferred && request.number("Upload-Length") < 0) {
            return tus(400).withBody("neither Upload-Length nor Upload-Defer-Length");
        }
        MemoryUpload upload = created(request);
        if (last && !concatenate(upload, concat)) {
            forget(upload.path());
            return tus(400).withBody("a partial upload is missing or not complete");
        }
        if (request.header("Content-Type").isPresent()) {
            append(upload, request, body);
        }
        return tus(201).with("Location", upload.path()).with("Upload-Offset", upload.offset());
    }

    private MemoryUpload created(ScriptedRequest request) {
        return request.header("Idempotency-Key")
                .map(key -> byKey.computeIfAbsent(key, unknown -> create(request)))
                .orElseGet(() -> create(request));
    }

    private synchronized MemoryUpload create(ScriptedRequest request) {
        created++;
        String path = ENDPOINT + "/%04d".formatted(created);
        long length = request.number("Upload-Length");
        MemoryUpload upload = new MemoryUpload(path, request.headers(), length);
        uploads.put(path, upload);
        return upload;
    }

    private boolean concatenate(MemoryUpload whole, String parts) {
        if (whole.isComplete()) {
            return true;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (String url : parts.substring(FINAL.length()).split(" ", -1)) {
            MemoryUpload part = uploads.get(URI.create(url).getPath());
            if (part == null || !part.isComplete()) {
                return false;
            }
            content.writeBytes(part.content());
        }
        whole.append(whole.hold(), content.toByteArray());
        whole.declareLength(content.size());
        return true;
    }

    private static Answer head(MemoryUpload upload) {
        Answer answer =
                tus(200).with("Upload-Offset", upload.offset()).with("Cache-Control", "no-store");
        return upload.length().isPresent()
                ? answer.with("Upload-Length", upload.length().getAsLong())
                : answer.with("Upload-Defer-Length", 1);
    }

    private static Answer patch(MemoryUpload upload, ScriptedRequest request, Body body)
            throws IOException {
        if (!request.header("Content-Type").orElse("").equals("application/offset+octet-stream")) {
            return tus(415);
        }
        if (request.number("Upload-Offset") != upload.offset()) {
            refuse(upload, request, body);
            return tus(409).with("Upload-Offset", upload.offset());
        }
        if (request.header("Upload-Length").isPresent()) {
            upload.declareLength(request.number("Upload-Length"));
        }
        int status = append(upload, request, body);
        return status == 204 ? tus(204).with("Upload-Offset", upload.offset()) : tus(status);
    }

    private static int append(MemoryUpload upload, ScriptedRequest request, Body body)
            throws IOException {
        long holder = upload.hold();
        String checksum = request.header("Upload-Checksum").orElse("");
        if (!checksum.isEmpty()) {
            return appendVerified(upload, holder, checksum, body);
        }
        for (byte[] bytes = body.next(); bytes.length > 0; bytes = body.next()) {
            if (!upload.append(holder, bytes)) {
                return 413;
            }
        }
        return 204;
    }

    /** tus 1.0.0, Checksum: bytes that do not match are discarded. */
    private static int appendVerified(MemoryUpload upload, long holder, String checksum, Body body)
            throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] bytes = body.next(); bytes.length > 0; bytes = body.next()) {
            content.writeBytes(bytes);
        }
        if (!checksum.startsWith("sha1 ")) {
            return 400;
        }
        if (!checksum.equals("sha1 " + sha1(content.toByteArray()))) {
            upload.refuse(upload.offset(), content.size());
            return 460;
        }
        return upload.append(holder, content.toByteArray()) ? 204 : 413;
    }

    private static void refuse(MemoryUpload upload, ScriptedRequest request, Body body)
            throws IOException {
        long offset = request.number("Upload-Offset");
        for (byte[] bytes = body.next(); bytes.length > 0; bytes = body.next()) {
            upload.refuse(offset, bytes.length);
            offset += bytes.length;
        }
    }

    private static String sha1(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer tus(int status) {
        return Answer.of(status).with("Tus-Resumable", "1.0.0");
    }
}
