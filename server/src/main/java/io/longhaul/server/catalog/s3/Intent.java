package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.catalog.OutboxEntry;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells that a record has events, or that it was about to get some.
 *
 * @param modified when it was written, by the store's clock
 */
record Intent(String key, UploadId id, Instant modified) {

    static final String PREFIX = "o/";

    private static final String NAME = "[0-9a-f]{16}-[0-9a-f]{16}/([0-9a-f]{32})";
    private static final Pattern FORM = Pattern.compile(PREFIX + NAME);
    private static final Pattern ENTRY = Pattern.compile("(" + NAME + ")/[0-9]+");

    static String key(UploadId id, Instant at, String nonce) {
        return "%s%s-%s/%s".formatted(PREFIX, Names.time(at), nonce, id);
    }

    static Intent of(S3Entry entry) throws IOException {
        Matcher matcher = FORM.matcher(entry.key());
        if (!matcher.matches()) {
            throw new IOException("not an intent: '%s'".formatted(entry.key()));
        }
        return new Intent(entry.key(), new UploadId(matcher.group(1)), entry.modified());
    }

    /**
     * The intent that an entry of the outbox came with; empty for what no catalog of ours named.
     */
    static Optional<Intent> of(OutboxEntry entry) {
        Matcher matcher = ENTRY.matcher(entry.name());
        return matcher.matches()
                ? Optional.of(
                        new Intent(
                                PREFIX + matcher.group(1),
                                new UploadId(matcher.group(2)),
                                Instant.MAX))
                : Optional.empty();
    }

    /** The name of an event that comes with an intent. */
    static String entry(String key, int index) {
        return "%s/%d".formatted(key.substring(PREFIX.length()), index);
    }

    /** Whether an entry of the outbox came with this one. */
    boolean brought(OutboxEntry entry) {
        return (PREFIX + entry.name()).startsWith(key + "/");
    }
}
