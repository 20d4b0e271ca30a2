package io.longhaul.server.fuzz;

import java.io.IOException;

/**
 * Requests on a few uploads, as the fuzzer's bytes say, against the protocol on its real stores.
 */
public final class UploadRequestsTarget {

    private UploadRequestsTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        UploadRequests requests = new UploadRequests(new FuzzInput(bytes));
        try {
            requests.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "%s%nafter%n%s".formatted(e.getMessage(), String.join("\n", requests.log())),
                    e);
        }
    }
}
