package io.longhaul.server.s3;

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
            throw refused(e);
        } catch (UncheckedIOException e) { // from the body that was to be sent
            throw e.getCause();
        } catch (SdkException e) {
            throw new IOException("the S3 store did not answer: " + e.getMessage(), e);
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

    private static S3RefusedException refused(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String message = "the S3 store answered %d %s".formatted(e.statusCode(), code).strip();
        return new S3RefusedException(e.statusCode(), code, message, e);
    }
}
