package io.longhaul.server.core.event;

import io.longhaul.server.core.upload.UploadId;
import java.time.Instant;

/** Something that happened in the life of an upload. */
public sealed interface UploadEvent {

    UploadId id();

    Instant at();

    /** The upload's record was stored. */
    record Created(UploadId id, Instant at) implements UploadEvent {}

    /** All bytes are accepted. It goes through the outbox: told at least once, after any crash. */
    record Completed(UploadId id, Instant at, long length) implements UploadEvent {}

    /** The client deleted the upload. */
    record Terminated(UploadId id, Instant at) implements UploadEvent {}

    /** The upload was not complete in time. */
    record Expired(UploadId id, Instant at) implements UploadEvent {}
}
