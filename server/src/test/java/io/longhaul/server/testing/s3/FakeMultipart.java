package io.longhaul.server.testing.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A multipart upload that is under way. Thread-safe. */
final class FakeMultipart {

    /** A part as a completion names it. */
    record Named(int number, String etag) {}

    private final String key;
    private final String id;
    private final S3Rules rules;
    private final Instant initiated = Instant.now();
    private final NavigableMap<Integer, FakeObject> parts = new TreeMap<>();
    private boolean over;

    FakeMultipart(String key, String id, S3Rules rules) {
        this.key = key;
        this.id = id;
        this.rules = rules;
    }

    String key() {
        return key;
    }

    String id() {
        return id;
    }

    Instant initiated() {
        return initiated;
    }

    synchronized void put(int number, FakeObject part) throws S3Failure {
        if (over) {
            throw S3Failure.noSuchUpload(id);
        }
        if (number < 1 || number > rules.mostParts()) {
            throw new S3Failure(400, "InvalidArgument", "part number " + number);
        }
        parts.put(number, part);
    }

    /** Those behind a number, in order, as they are now. */
    synchronized NavigableMap<Integer, FakeObject> partsBehind(int number) {
        return new TreeMap<>(parts.tailMap(number, false));
    }

    /** What the named parts make; the upload is over when nothing is refused. */
    synchronized FakeObject complete(List<Named> named) throws S3Failure {
        if (over) {
            throw S3Failure.noSuchUpload(id);
        }
        if (named.isEmpty()) {
            throw new S3Failure(400, "MalformedXML", "no parts");
        }
        if (!rules.gaps() && named.size() != parts.size()) {
            throw S3Failure.invalidPart(parts.lastKey());
        }
        checkOrder(named);
        List<FakeObject> chosen = new ArrayList<>();
        for (Iterator<Named> each = named.iterator(); each.hasNext(); ) {
            chosen.add(checked(each.next(), each.hasNext()));
        }
        return FakeObject.of(chosen);
    }

    private static void checkOrder(List<Named> named) throws S3Failure {
        int last = 0;
        for (Named part : named) {
            if (part.number() <= last) {
                throw new S3Failure(400, "InvalidPartOrder", "part " + part.number());
            }
            last = part.number();
        }
    }

    private FakeObject checked(Named named, boolean followed) throws S3Failure {
        FakeObject part = parts.get(named.number());
        if (part == null || !part.etag().equals(Conditions.unquoted(named.etag()))) {
            throw S3Failure.invalidPart(named.number());
        }
        if (followed && part.length() < rules.leastPart()) {
            throw new S3Failure(400, "EntityTooSmall", "part " + named.number());
        }
        return part;
    }

    synchronized void end() {
        over = true;
        parts.clear();
    }
}
