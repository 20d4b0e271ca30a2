package io.longhaul.server.content.s3;

import io.longhaul.server.s3.S3Bucket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The part that is being filled. Its bytes are in memory, or in objects of its tail, or both: what
 * was flushed and may soon be sent stays in memory while there is enough. Not thread-safe.
 */
final class OpenPart {

    /** How many objects a tail may have before they become one. */
    private static final int MOST_PIECES = 32;

    private final S3Bucket bucket;
    private final List<S3Content.Piece> stored;

    /** How many of the stored objects lie before what is in memory. */
    private int storedBefore;

    /** How many bytes of those in memory are stored as well. */
    private long storedOfMemory;

    private final SlabBytes memory;

    OpenPart(S3Bucket bucket, Slabs slabs, List<S3Content.Piece> stored) {
        this.bucket = bucket;
        this.stored = new ArrayList<>(stored);
        storedBefore = stored.size();
        memory = new SlabBytes(slabs);
    }

    /** How many bytes it has. */
    long length() {
        return stored.stream().limit(storedBefore).mapToLong(S3Content.Piece::length).sum()
                + memory.length();
    }

    /** The objects with its first bytes; all of them after {@link #store}. */
    List<S3Content.Piece> stored() {
        return List.copyOf(stored);
    }

    /** Whether a slab has to be added before the next byte. */
    boolean full() {
        return memory.full();
    }

    void add(ByteBuffer slab) {
        memory.add(slab);
    }

    int put(ByteBuffer bytes, long most) {
        return memory.put(bytes, most);
    }

    /** All its bytes. */
    PartBody body() {
        return new PartBody(bucket, List.copyOf(stored.subList(0, storedBefore)), memory, 0);
    }

    /**
     * Makes sure that all its bytes are in the store.
     *
     * @param key of the object that is made if one is needed
     * @param made where the key is put down before the object is made
     */
    void store(String key, Set<String> made) throws IOException {
        if (memory.length() == storedOfMemory) {
            return;
        }
        made.add(key);
        if (stored.size() < MOST_PIECES) {
            put(key, new PartBody(bucket, List.of(), memory, storedOfMemory));
            storedOfMemory = memory.length();
        } else {
            PartBody all = body();
            bucket.put(key, all);
            stored.clear();
            stored.add(new S3Content.Piece(key, all.length()));
            forget();
        }
    }

    private void put(String key, PartBody body) throws IOException {
        bucket.put(key, body);
        stored.add(new S3Content.Piece(key, body.length()));
    }

    /** Gives the memory back; everything in it has been stored. */
    void forget() {
        memory.release();
        storedOfMemory = 0;
        storedBefore = stored.size();
    }

    /** Gives the memory back, whatever was in it; the part can't be used any more. */
    void release() {
        memory.release();
    }
}
