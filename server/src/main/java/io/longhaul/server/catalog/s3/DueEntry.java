package io.longhaul.server.catalog.s3;

import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.s3.S3Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of the index of what is due.
 *
 * @param at when to look at the record, in milliseconds
 * @param claim the hash of the creation key that the record is created with; empty for none
 * @param modified when it was written, by the store's clock
 */
record DueEntry(String key, long at, UploadId id, Optional<String> claim, Instant modified) {

    static final String PREFIX = "x/";

    private static final Pattern FORM =
            Pattern.compile(PREFIX + "([0-9a-f]{16})/([0-9a-f]{32})/[0-9a-f]{16}(/[0-9a-f]{64})?");

    /** A key that no entry had before, so that deleting one late does no harm to another. */
    static String key(UploadId id, Instant at, Optional<String> claim) {
        return "%s%s/%s/%s%s"
                .formatted(
                        PREFIX,
                        Names.time(at),
                        id,
                        Names.nonce(),
                        claim.map(hash -> "/" + hash).orElse(""));
    }

    static DueEntry of(S3Entry entry) throws IOException {
        Matcher matcher = FORM.matcher(entry.key());
        if (!matcher.matches()) {
            throw new IOException("not an entry of what is due: '%s'".formatted(entry.key()));
        }
        return new DueEntry(
                entry.key(),
                at(entry.key()),
                new UploadId(matcher.group(2)),
                Optional.ofNullable(matcher.group(3)).map(claim -> claim.substring(1)),
                entry.modified());
    }

    boolean isDue(Instant now) {
        return at <= now.toEpochMilli();
    }

    /** The time that a key tells, in milliseconds. */
    static long at(String key) {
        return Long.parseLong(key, PREFIX.length(), PREFIX.length() + 16, 16);
    }
}
