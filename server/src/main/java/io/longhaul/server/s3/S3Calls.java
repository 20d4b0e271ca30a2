package io.longhaul.server.s3;

import io.longhaul.server.core.content.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns what the SDK throws into what a store throws. */
final class S3Calls {

    /** A call of the SDK. */
    @FunctionalInterface
    interface Call<R> {
        R run();
    }

    private S3Calls() {}

    static <R> R made(Call<R> call) throws IOException {
        try {
            return call.run();
        } catch (S3Exception e) {
            throw answered(e);
        } catch (UncheckedIOException e) { // from the body that was to be sent
            throw e.getCause();
        } catch (SdkException e) {
            throw new StoreUnavailableException(
                    "the S3 store did not answer: " + e.getMessage(), e);
        }
    }

    /** The same for what may not be there. */
    static <R> Optional<R> found(Call<R> call) throws IOException {
        try {
            return Optional.of(made(call));
        } catch (S3RefusedException e) {
            if (e.status() == 404 && !e.code().equals("NoSuchBucket")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** An ETag without its quotes, which some stores do not take back. */
    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    private static IOException answered(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String message = "the S3 store answered %d %s".formatted(e.statusCode(), code).strip();
        return mayPass(e.statusCode())
                ? new StoreUnavailableException(message, e)
                : new S3RefusedException(e.statusCode(), code, message, e);
    }

    /** Whether the same call may be answered otherwise in a moment. */
    private static boolean mayPass(int status) {
        return status == 408 || status == 429 || (status >= 500 && status != 501);
    }
}
