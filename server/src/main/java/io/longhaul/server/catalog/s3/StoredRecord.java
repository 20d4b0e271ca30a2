package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the place of a record.
 *
 * @param upload null for a tombstone: the record was removed, or must not be created by who is at
 *     it
 * @param tag of the version that it was read from, or written as
 */
record StoredRecord(RecordHead head, @Nullable Upload upload, Versions.Tag tag) {

    boolean hasVersion(long version) {
        return upload != null && upload.version() == version;
    }

    /** Whether the record has the creation key with that hash. */
    boolean holds(String hash) {
        String key = creationKey();
        return key != null && Names.hash(key).equals(hash);
    }

    @Nullable String creationKey() {
        return upload == null ? null : upload.creationKey();
    }

    boolean isFiledAs(String key) {
        return key.equals(head.filed());
    }

    /** The same without what takes up much memory. */
    StoredRecord slim() {
        if (upload == null) {
            return this;
        }
        Upload slim =
                upload.change()
                        .content(null)
                        .metadata(UploadMetadata.NONE)
                        .concatenation(Concatenation.NONE)
                        .done();
        return new StoredRecord(head, slim, tag);
    }
}
