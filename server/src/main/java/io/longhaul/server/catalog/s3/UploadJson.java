package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadContent;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.core.upload.UploadState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a record stands in JSON. */
final class UploadJson {

    private UploadJson() {}

    static void write(ObjectNode json, Upload upload) {
        json.put("id", upload.id().value());
        json.put("owner", upload.owner());
        json.put("state", upload.state().name());
        json.put("offset", upload.offset());
        json.put("length", upload.length());
        json.put("metadata", upload.metadata().encoded());
        write(json.putObject("concatenation"), upload.concatenation());
        json.put("creationKey", upload.creationKey());
        write(json, upload.content());
        json.put("createdAt", upload.createdAt().toEpochMilli());
        json.put("updatedAt", upload.updatedAt().toEpochMilli());
        json.put("expiresAt", millis(upload.expiresAt()));
        json.put("version", upload.version());
        json.put("epoch", upload.epoch());
        json.put("holder", upload.holder());
    }

    private static void write(ObjectNode json, Concatenation concatenation) {
        switch (concatenation) {
            case Concatenation.None _ -> json.put("kind", "NONE");
            case Concatenation.Partial(var finals) -> write(json, "PARTIAL", finals);
            case Concatenation.Final(var partials, var received) -> {
                write(json, "FINAL", partials);
                json.put("received", received);
            }
        }
    }

    private static void write(ObjectNode json, String kind, List<UploadId> ids) {
        json.put("kind", kind);
        var array = json.putArray("ids");
        ids.forEach(id -> array.add(id.value()));
    }

    private static void write(ObjectNode json, @Nullable UploadContent content) {
        switch (content) {
            case UploadContent.Stored(ContentReference reference) ->
                    json.put("stored", reference.value());
            case UploadContent.Inline(ByteBuffer buffer) -> {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                json.put("inline", bytes);
            }
            case null -> {}
        }
    }

    static Upload read(JsonNode json) {
        return new Upload(
                new UploadId(json.required("id").stringValue()),
                json.required("owner").stringValue(),
                UploadState.valueOf(json.required("state").stringValue()),
                json.required("offset").longValue(),
                number(json, "length"),
                new UploadMetadata(json.required("metadata").stringValue()),
                concatenation(json.required("concatenation")),
                text(json, "creationKey"),
                content(json),
                Instant.ofEpochMilli(json.required("createdAt").longValue()),
                Instant.ofEpochMilli(json.required("updatedAt").longValue()),
                instant(number(json, "expiresAt")),
                json.required("version").longValue(),
                json.required("epoch").longValue(),
                text(json, "holder"));
    }

    private static Concatenation concatenation(JsonNode json) {
        String kind = json.required("kind").stringValue();
        return switch (kind) {
            case "NONE" -> Concatenation.NONE;
            case "PARTIAL" -> new Concatenation.Partial(ids(json));
            case "FINAL" ->
                    new Concatenation.Final(ids(json), json.required("received").stringValue());
            default -> throw new IllegalArgumentException("unknown concatenation '" + kind + "'");
        };
    }

    private static List<UploadId> ids(JsonNode json) {
        return json.required("ids")
                .valueStream()
                .map(each -> new UploadId(each.stringValue()))
                .toList();
    }

    private static @Nullable UploadContent content(JsonNode json) {
        String stored = text(json, "stored");
        if (stored != null) {
            return new UploadContent.Stored(new ContentReference(stored));
        }
        return json.has("inline")
                ? new UploadContent.Inline(ByteBuffer.wrap(json.required("inline").binaryValue()))
                : null;
    }

    static @Nullable String text(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.required(field).stringValue() : null;
    }

    private static @Nullable Long number(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.required(field).longValue() : null;
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
