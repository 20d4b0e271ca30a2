package io.longhaul.server.core.content;

import io.longhaul.server.core.upload.ContentReference;
import io.longhaul.server.core.upload.UploadId;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bytes of uploads. Thread-safe; at most one append per upload is open at a time, which
 * the caller sees to, and any number of reads.
 */
public interface ContentStore {

    /**
     * Opens the content of an upload for more bytes. Bytes beyond the offset do not count any more:
     * they were never committed. Nothing is created before the first byte is written.
     *
     * @param place where the upload stands
     * @throws ContentLostException when fewer bytes than the offset are there; a store that would
     *     have to ask for that may find it later, at the latest when it assembles the content
     * @throws IOException when the store fails
     */
    ContentAppend append(UploadId id, ContentPlace place) throws IOException;

    /**
     * Whether content can be read as it is; else {@link #assemble} has to make it so. Asks nobody.
     */
    boolean readable(ContentReference reference);

    /**
     * Makes content readable that was flushed and will never grow, and can be called again after a
     * failure, by any process. While it is at work nobody may append.
     *
     * @return what the record has to name from now on; the same when it was readable
     * @throws ContentLostException when the content is not there any more, or not as it was flushed
     * @throws IOException when the store fails; how far it got is then unknown
     */
    ContentReference assemble(ContentReference reference) throws IOException;

    /**
     * Reads a range of readable content, in order and without gaps, while other content, or more of
     * the same, is appended. What was never flushed must not be asked for while its append is open;
     * after that it is not there.
     *
     * @param position of the first byte
     * @param count how many bytes; zero reads nothing and never fails
     * @throws ContentLostException when the range is not there; nothing was given then
     * @throws IOException when the store or the sink fails; a part of the range may have been given
     */
    void read(ContentReference reference, long position, long count, ContentSink sink)
            throws IOException;

    /**
     * Deletes content and frees its space; does nothing when there is none. It does not come back,
     * even when an append is still open: that one fails or writes in vain.
     *
     * @param reference what the record names; null deletes what was written before it named any
     */
    void delete(UploadId id, @Nullable ContentReference reference) throws IOException;

    /**
     * Deletes content that no record names: what a crash left between a write and its commit.
     *
     * @param unchangedSince only content that was last written before is looked at
     * @param claims what is known of each upload's content; an exception ends the sweep
     * @return of how many uploads something was deleted
     */
    int deleteOrphans(Instant unchangedSince, ContentClaims claims) throws IOException;

    /** How to make content of other content; empty for a store that cannot. */
    default Optional<ContentConcatenation> concatenation() {
        return Optional.empty();
    }

    /**
     * A URL from which anybody can read content for a short while, without asking for more. It is a
     * secret. Empty when there is none: then only {@link #read} gives the content.
     *
     * @param mediaType that the answer has to tell
     * @param disposition that the answer has to tell, as in Content-Disposition
     */
    default Optional<URI> link(ContentReference reference, String mediaType, String disposition)
            throws IOException {
        return Optional.empty();
    }

    /** Bytes that can still be stored, where the store knows. */
    OptionalLong usableBytes();
}
