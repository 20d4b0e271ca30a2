package io.longhaul.server.content.s3;

import io.longhaul.server.core.content.ContentLostException;
import io.longhaul.server.core.upload.ContentReference;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the bytes of an upload are, in order: what an upload's record names. Content that is
 * complete has objects alone; other content has none, but multipart uploads and then a tail.
 *
 * @param version of this form
 * @param objects that can be read
 * @param multiparts that are still to become objects
 * @param tail objects with the bytes behind the last part
 */
record S3Content(int version, List<Piece> objects, List<Multipart> multiparts, List<Piece> tail) {

    static final S3Content NONE = new S3Content(List.of(), List.of(), List.of());

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * An object.
     *
     * @param length in bytes
     */
    record Piece(String key, long length) {}

    /**
     * A multipart upload and its parts that count.
     *
     * @param id of the multipart upload
     * @param partSize of every part but the last, in bytes
     * @param length of all parts together, in bytes
     * @param manifests objects with the ETags of the first parts, so that the record stays small
     * @param etags of the parts behind those
     */
    record Multipart(
            String key,
            String id,
            long partSize,
            long length,
            List<String> manifests,
            List<String> etags) {}

    S3Content(List<Piece> objects, List<Multipart> multiparts, List<Piece> tail) {
        this(VERSION, objects, multiparts, tail);
    }

    /** Reads what {@link #reference} wrote; null is content without bytes. */
    static S3Content of(@Nullable ContentReference reference) throws ContentLostException {
        if (reference == null) {
            return NONE;
        }
        try {
            S3Content content = JSON.readValue(reference.value(), S3Content.class);
            if (content.version == VERSION) {
                return content;
            }
        } catch (JacksonException _) {
            // Told below: the record is not one of this store.
        }
        throw new ContentLostException("the record names content of another store");
    }

    ContentReference reference() {
        return new ContentReference(JSON.writeValueAsString(this));
    }

    boolean readable() {
        return multiparts.isEmpty();
    }

    /** How many bytes there are. */
    long length() {
        return multiparts.stream().mapToLong(Multipart::length).sum()
                + pieces().mapToLong(Piece::length).sum();
    }

    /** The objects that can be read, in order; all there is when it is readable. */
    Stream<Piece> pieces() {
        return Stream.concat(objects.stream(), tail.stream());
    }

    /** The keys of everything that belongs to it. */
    Stream<String> keys() {
        return Stream.of(
                        pieces().map(Piece::key),
                        multiparts.stream().map(Multipart::key),
                        multiparts.stream().flatMap(each -> each.manifests().stream()))
                .flatMap(keys -> keys);
    }
}
