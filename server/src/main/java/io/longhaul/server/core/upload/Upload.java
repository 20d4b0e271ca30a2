package io.longhaul.server.core.upload;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The record of an upload: the one truth about it. Its offset counts the bytes durably accepted;
 * bytes beyond it do not exist, whatever a content store holds.
 *
 * @param owner who created it; empty when nobody is known
 * @param offset bytes accepted; never decreases
 * @param length bytes intended; null while deferred, and for a final upload with such a partial
 * @param creationKey names the creation request, so that its repetition finds this upload; null
 *     when the client gave none and once the upload is gone
 * @param content where the bytes are; null while there are none and once they are deleted
 * @param updatedAt when the offset or the state last changed
 * @param expiresAt when the sweep acts: an incomplete upload expires, a gone one is forgotten; null
 *     for never
 * @param version grows by one with every change; zero before the record is stored
 * @param epoch grows with every takeover from a holder that may still be there: the fencing token
 * @param holder the node whose request was appending when the record was stored, as other nodes
 *     call it; that may be over by now. Null for none, and for one that others cannot ask
 */
public record Upload(
        UploadId id,
        String owner,
        UploadState state,
        long offset,
        @Nullable Long length,
        UploadMetadata metadata,
        Concatenation concatenation,
        @Nullable String creationKey,
        @Nullable UploadContent content,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        long version,
        long epoch,
        @Nullable String holder) {

    public Upload {
        if (offset < 0 || (length != null && length < offset)) {
            throw new IllegalArgumentException("offset %d, length %s".formatted(offset, length));
        }
    }

    /** A new upload without a byte. */
    public static Upload receiving(
            UploadId id, String owner, OptionalLong length, Instant createdAt) {
        return new Upload(
                id,
                owner,
                UploadState.RECEIVING,
                0,
                length.isPresent() ? length.getAsLong() : null,
                UploadMetadata.NONE,
                Concatenation.NONE,
                null,
                null,
                createdAt,
                createdAt,
                null,
                0,
                0,
                null);
    }

    /**
     * Whether all bytes can be read: those of a final upload before it has its own content, too.
     */
    public boolean readable() {
        return switch (state) {
            case COMPLETE -> true;
            case COMPLETING -> concatenation instanceof Concatenation.Final;
            case RECEIVING, REJECTED, TERMINATED, EXPIRED -> false;
        };
    }

    /** Starts a changed copy. */
    public Change change() {
        return new Change(this);
    }

    /** The record as a catalog stores it under a version: with instants to the millisecond. */
    public Upload stored(long storedVersion) {
        return new Upload(
                id,
                owner,
                state,
                offset,
                length,
                metadata,
                concatenation,
                creationKey,
                content,
                millis(createdAt),
                millis(updatedAt),
                expiresAt == null ? null : millis(expiresAt),
                storedVersion,
                epoch,
                holder);
    }

    private static Instant millis(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    /** Whether every byte of the length has been accepted. */
    public boolean whole() {
        return length != null && offset == length;
    }

    /** Collects changes to a record; not thread-safe. */
    public static final class Change {
        private final Upload from;
        private UploadState state;
        private long offset;
        private @Nullable Long length;
        private UploadMetadata metadata;
        private Concatenation concatenation;
        private @Nullable String creationKey;
        private @Nullable UploadContent content;
        private Instant updatedAt;
        private @Nullable Instant expiresAt;
        private long version;
        private long epoch;
        private @Nullable String holder;

        private Change(Upload from) {
            this.from = from;
            state = from.state;
            offset = from.offset;
            length = from.length;
            metadata = from.metadata;
            concatenation = from.concatenation;
            creationKey = from.creationKey;
            content = from.content;
            updatedAt = from.updatedAt;
            expiresAt = from.expiresAt;
            version = from.version;
            epoch = from.epoch;
            holder = from.holder;
        }

        public Change state(UploadState value) {
            state = value;
            return this;
        }

        public Change offset(long value) {
            offset = value;
            return this;
        }

        public Change length(@Nullable Long value) {
            length = value;
            return this;
        }

        public Change metadata(UploadMetadata value) {
            metadata = value;
            return this;
        }

        public Change concatenation(Concatenation value) {
            concatenation = value;
            return this;
        }

        public Change creationKey(@Nullable String value) {
            creationKey = value;
            return this;
        }

        public Change content(@Nullable UploadContent value) {
            content = value;
            return this;
        }

        public Change updatedAt(Instant value) {
            updatedAt = value;
            return this;
        }

        public Change expiresAt(@Nullable Instant value) {
            expiresAt = value;
            return this;
        }

        public Change version(long value) {
            version = value;
            return this;
        }

        public Change epoch(long value) {
            epoch = value;
            return this;
        }

        public Change holder(@Nullable String value) {
            holder = value;
            return this;
        }

        public Upload done() {
            return new Upload(
                    from.id,
                    from.owner,
                    state,
                    offset,
                    length,
                    metadata,
                    concatenation,
                    creationKey,
                    content,
                    from.createdAt,
                    updatedAt,
                    expiresAt,
                    version,
                    epoch,
                    holder);
        }
    }
}
