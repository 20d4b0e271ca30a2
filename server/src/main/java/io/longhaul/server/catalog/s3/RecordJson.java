package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a record's object. Its fields have a fixed order. */
final class RecordJson {

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    private RecordJson() {}

    static byte[] write(RecordHead head, @Nullable Upload upload) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("format", FORMAT);
        head.trail().forEach(json.putArray("trail")::add);
        json.put("filed", head.filed());
        head.claims().forEach(json.putArray("claims")::add);
        ArrayNode outbox = json.putArray("outbox");
        head.outbox().forEach(entry -> write(outbox.addObject(), entry));
        if (upload != null) {
            UploadJson.write(json.putObject("upload"), upload);
        }
        return MAPPER.writeValueAsBytes(json);
    }

    private static void write(ObjectNode json, OutboxEntry entry) {
        json.put("name", entry.name());
        json.put("kind", kind(entry.event()));
        json.put("id", entry.event().id().value());
        json.put("at", entry.event().at().toEpochMilli());
        if (entry.event() instanceof UploadEvent.Completed completed) {
            json.put("length", completed.length());
        }
    }

    private static String kind(UploadEvent event) {
        return switch (event) {
            case UploadEvent.Created _ -> "CREATED";
            case UploadEvent.Completed _ -> "COMPLETED";
            case UploadEvent.Terminated _ -> "TERMINATED";
            case UploadEvent.Expired _ -> "EXPIRED";
        };
    }

    /**
     * Reads the bytes of an object.
     *
     * @throws IOException when they are no record, or one of a format that is not known
     */
    static StoredRecord read(byte[] bytes, Versions.Tag tag) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            int format = json.required("format").intValue();
            if (format != FORMAT) {
                throw new IOException(
                        "a record in the S3 store has the format %d; known is %d"
                                .formatted(format, FORMAT));
            }
            Upload upload = json.has("upload") ? UploadJson.read(json.required("upload")) : null;
            return new StoredRecord(head(json), upload, tag);
        } catch (RuntimeException e) {
            throw new IOException("a record in the S3 store cannot be read", e);
        }
    }

    private static RecordHead head(JsonNode json) {
        return new RecordHead(
                texts(json.required("trail")),
                UploadJson.text(json, "filed"),
                texts(json.required("claims")),
                json.required("outbox").valueStream().map(RecordJson::entry).toList());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private static OutboxEntry entry(JsonNode json) {
        return new OutboxEntry(json.required("name").stringValue(), event(json));
    }

    private static UploadEvent event(JsonNode json) {
        UploadId id = new UploadId(json.required("id").stringValue());
        Instant at = Instant.ofEpochMilli(json.required("at").longValue());
        String kind = json.required("kind").stringValue();
        return switch (kind) {
            case "CREATED" -> new UploadEvent.Created(id, at);
            case "COMPLETED" ->
                    new UploadEvent.Completed(id, at, json.required("length").longValue());
            case "TERMINATED" -> new UploadEvent.Terminated(id, at);
            case "EXPIRED" -> new UploadEvent.Expired(id, at);
            default -> throw new IllegalArgumentException("unknown event '" + kind + "'");
        };
    }
}
