package io.longhaul.server.catalog.s3;

import org.jspecify.annotations.Nullable;

/** What became of a write of a record's object. */
sealed interface Written {

    /** It was done. */
    record Done(StoredRecord made) implements Written {}

    /**
     * It was not done and cannot be any more, as the object is another one by now.
     *
     * @param found null when there is none
     */
    record Overtaken(@Nullable StoredRecord found) implements Written {}
}
