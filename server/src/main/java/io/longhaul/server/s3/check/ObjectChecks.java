package io.longhaul.server.s3.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhaul.server.s3.S3Body;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.s3.S3Condition;
import io.longhaul.server.s3.S3Entry;
import io.longhaul.server.s3.S3Page;
import io.longhaul.server.s3.S3Raw;
import io.longhaul.server.s3.S3RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** What a store does with whole objects. */
final class ObjectChecks {

    private static final int ROUNDS = 10;
    private static final byte[] SMALL = "0123456789".getBytes(UTF_8);

    private final S3Bucket bucket;
    private final S3Raw raw;
    private final Scratch scratch;

    ObjectChecks(S3Bucket bucket, Scratch scratch) {
        this.bucket = bucket;
        this.raw = bucket.raw();
        this.scratch = scratch;
    }

    List<Check> all() {
        return List.of(
                new Check("read after write", Grade.NOT_ENOUGH, this::readsWhatWasWritten),
                new Check("list after write", Grade.NOT_ENOUGH, this::listsWhatWasWritten),
                new Check("pages of lists", Grade.NOT_ENOUGH, this::listsPages),
                new Check("ranges", Grade.NOT_ENOUGH, this::givesRanges),
                new Check("deletion of many", Grade.NOT_ENOUGH, this::deletesMany),
                new Check("deletion If-Match", Grade.OK, this::deletesUnderACondition),
                new Check("digests", Grade.WARNING, this::verifiesDigests));
    }

    private Finding readsWhatWasWritten() throws IOException {
        String key = scratch.key();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = ("version " + i).getBytes(UTF_8);
            bucket.put(key, bytes, S3Condition.NONE);
            if (!is(key, bytes)) {
                return new Finding(Grade.NOT_ENOUGH, "an older object was read");
            }
        }
        String empty = scratch.key();
        bucket.put(empty, S3Body.of(new byte[0]));
        return Finding.of(
                is(empty, new byte[0]),
                "at once, %d times; empty objects too".formatted(ROUNDS),
                Grade.NOT_ENOUGH,
                "an empty object was not read");
    }

    private boolean is(String key, byte[] bytes) throws IOException {
        return bucket.get(key).filter(found -> Arrays.equals(found.bytes(), bytes)).isPresent();
    }

    private Finding listsWhatWasWritten() throws IOException {
        String below = scratch.key() + "/";
        for (int i = 0; i < ROUNDS; i++) {
            String key = below + i;
            bucket.put(key, SMALL, S3Condition.NONE);
            boolean shown = keys(below).contains(key);
            bucket.delete(List.of(key));
            if (!shown || keys(below).contains(key)) {
                return new Finding(
                        Grade.NOT_FOR_RECORDS,
                        shown ? "a deleted object was listed" : "a new object was not listed");
            }
        }
        return Finding.ok("at once, %d times".formatted(ROUNDS));
    }

    private List<String> keys(String below) throws IOException {
        return keys(bucket.list(below, "", ROUNDS));
    }

    private static List<String> keys(S3Page page) {
        return page.entries().stream().map(S3Entry::key).toList();
    }

    private Finding listsPages() throws IOException {
        List<String> keys = three();
        String below = keys.getFirst().substring(0, keys.getFirst().length() - 1);
        S3Page first = bucket.list(below, "", 2);
        S3Page rest = bucket.list(below, keys.get(1), 2);
        return Finding.of(
                keys(first).equals(keys.subList(0, 2))
                        && first.more()
                        && keys(rest).equals(keys.subList(2, 3))
                        && !rest.more(),
                "in order, and behind a key",
                Grade.NOT_FOR_RECORDS,
                "listed %s and %s of %s".formatted(keys(first), keys(rest), keys));
    }

    private List<String> three() throws IOException {
        String below = scratch.key() + "/";
        List<String> keys = new ArrayList<>();
        for (String each : List.of("a", "b", "c")) {
            keys.add(below + each);
            bucket.put(below + each, SMALL, S3Condition.NONE);
        }
        return keys;
    }

    private Finding givesRanges() throws IOException {
        String key = scratch.key();
        bucket.put(key, SMALL, S3Condition.NONE);
        Optional<InputStream> opened = bucket.open(key, 3, 4);
        if (opened.isEmpty()) {
            return new Finding(Grade.NOT_ENOUGH, "an object was not found");
        }
        try (InputStream range = opened.get()) {
            String text = new String(range.readAllBytes(), UTF_8);
            return Finding.of(
                    text.equals("3456"),
                    "given",
                    Grade.NOT_ENOUGH,
                    "'%s' for 4 bytes".formatted(text));
        }
    }

    private Finding deletesMany() throws IOException {
        List<String> keys = three();
        bucket.delete(keys);
        return Finding.of(
                bucket.get(keys.getFirst()).isEmpty() && bucket.get(keys.getLast()).isEmpty(),
                "in one call",
                Grade.NOT_ENOUGH,
                "they are there afterwards");
    }

    private Finding deletesUnderACondition() throws IOException {
        String key = scratch.key();
        String etag = bucket.put(key, SMALL, S3Condition.NONE);
        bucket.put(key, new byte[1], S3Condition.NONE);
        try {
            bucket.delete(key, etag);
        } catch (S3RefusedException _) { // whether for the condition is seen below
        }
        return Finding.ok(bucket.get(key).isPresent() ? "heeded" : "not heeded, and not needed");
    }

    private Finding verifiesDigests() throws IOException {
        boolean md5 = refuses(request -> request.contentMD5("AAAAAAAAAAAAAAAAAAAAAA=="));
        boolean crc = refuses(request -> request.checksumCRC32C("AAAAAA=="));
        String text =
                "a wrong Content-MD5 is %s, a wrong CRC32C is %s".formatted(words(md5), words(crc));
        return Finding.of(md5 || crc, text, Grade.WARNING, text);
    }

    private static String words(boolean refused) {
        return refused ? "refused" : "taken";
    }

    private boolean refuses(UnaryOperator<PutObjectRequest.Builder> digest) throws IOException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(raw.bucket()).key(raw.full(scratch.key()));
        return Refusal.of(
                () ->
                        raw.call(
                                client ->
                                        client.putObject(
                                                digest.apply(request).build(),
                                                RequestBody.fromBytes(SMALL))));
    }
}
