package io.longhaul.server.documentation;

import io.longhaul.server.testing.s3.S3Call;
import java.util.Locale;

/**
 * What requests to a store cost: so many of those that write or list, so many of those that read.
 * To delete costs nothing.
 */
record Cost(int writes, int reads) {

    /** Dollars for a million: AWS, us-east-1, S3 Standard. */
    private static final double WRITE = 5.00;

    private static final double READ = 0.40;

    static final Cost NOTHING = new Cost(0, 0);

    static Cost of(CountedStore.Calls calls) {
        Cost cost = NOTHING;
        for (S3Call call : calls.before()) {
            cost = cost.plus(of(call));
        }
        for (S3Call call : calls.afterwards()) {
            cost = cost.plus(of(call));
        }
        return cost;
    }

    private static Cost of(S3Call call) {
        return switch (call.operation()) {
            case PUT_OBJECT,
                    UPLOAD_PART,
                    UPLOAD_PART_COPY,
                    CREATE_MULTIPART_UPLOAD,
                    COMPLETE_MULTIPART_UPLOAD,
                    LIST_OBJECTS,
                    LIST_MULTIPART_UPLOADS,
                    LIST_PARTS,
                    PUT_LIFECYCLE ->
                    new Cost(1, 0);
            case GET_OBJECT, HEAD_OBJECT, GET_LIFECYCLE -> new Cost(0, 1);
            case DELETE_OBJECT, DELETE_OBJECTS, ABORT_MULTIPART_UPLOAD -> NOTHING;
        };
    }

    Cost plus(Cost other) {
        return new Cost(writes + other.writes, reads + other.reads);
    }

    Cost minus(Cost other) {
        return new Cost(writes - other.writes, reads - other.reads);
    }

    Cost times(int count) {
        return new Cost(count * writes, count * reads);
    }

    /** Such as {@code 9 | 4 | $46.60}, for a million. */
    String columns() {
        return String.format(
                Locale.ROOT, "%d | %d | $%,.2f", writes, reads, writes * WRITE + reads * READ);
    }
}
