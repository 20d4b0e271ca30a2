package io.longhaul.client.internal.engine;

import io.longhaul.client.CredentialsRefusedException;
import io.longhaul.client.InvalidAnswerException;
import io.longhaul.client.RequestRefusedException;
import io.longhaul.client.RetriesExhaustedException;
import io.longhaul.client.RetryPolicy;
import io.longhaul.client.SourceChangedException;
import io.longhaul.client.UploadException;
import io.longhaul.client.UploadLostException;
import io.longhaul.client.internal.wire.Setback;
import io.longhaul.client.internal.wire.SetbackException;
import java.time.Duration;

/**
 * Decides after a {@link Setback} whether to try again and after which wait, or how the upload
 * fails. Counts what must not go on for ever.
 */
final class Recovery {

    private static final int MAX_RESTARTS = 5;
    private static final int MAX_INVALID = 5;
    private static final int MAX_DAMAGED = 5;

    private final Backoff backoff;
    private int restarts;
    private int invalid;
    private int damaged;
    private boolean credentialsRefused;
    private boolean conflict;

    Recovery(RetryPolicy policy) {
        this.backoff = new Backoff(policy);
    }

    /** Bytes were acknowledged. */
    void progressed() {
        backoff.progressed();
        invalid = 0;
        damaged = 0;
        conflict = false;
        credentialsRefused = false;
    }

    /**
     * The wait before the next attempt.
     *
     * @throws UploadException if there is no use in one
     */
    Duration after(SetbackException exception) {
        Setback setback = exception.setback();
        return switch (setback.kind()) {
            case NETWORK, SERVER -> backoff(exception);
            case CONFLICT -> afterConflict(exception);
            case GONE -> afterLoss(exception);
            case CREDENTIALS -> afterRefusedCredentials(exception);
            case CHECKSUM -> {
                boolean hopeless = ++damaged >= MAX_DAMAGED;
                yield hopeless ? refuse(setback) : backoff(exception);
            }
            case INVALID_ANSWER -> {
                if (++invalid >= MAX_INVALID) {
                    throw new InvalidAnswerException(setback.message());
                }
                yield backoff(exception);
            }
            case TOO_LARGE, REFUSED -> refuse(setback);
            case SOURCE -> throw source(exception);
        };
    }

    private static Duration refuse(Setback setback) {
        throw new RequestRefusedException(setback.status(), setback.answer(), setback.message());
    }

    private static UploadException source(SetbackException exception) {
        return exception.getCause() instanceof SourceChangedException changed
                ? changed
                : new SourceChangedException(exception.setback().message(), exception);
    }

    /** The first one is answered by asking for the offset, at once. */
    private Duration afterConflict(SetbackException exception) {
        if (!conflict) {
            conflict = true;
            return Duration.ZERO;
        }
        return backoff(exception);
    }

    private Duration afterLoss(SetbackException exception) {
        if (++restarts > MAX_RESTARTS) {
            throw new UploadLostException(
                    "the server lost the upload "
                            + restarts
                            + " times: "
                            + exception.setback().message());
        }
        return restarts == 1 ? Duration.ZERO : backoff(exception);
    }

    private Duration afterRefusedCredentials(SetbackException exception) {
        if (credentialsRefused) {
            Setback setback = exception.setback();
            throw new CredentialsRefusedException(setback.status(), setback.message());
        }
        credentialsRefused = true;
        return Duration.ZERO;
    }

    private Duration backoff(SetbackException exception) {
        return backoff.next(exception.setback().retryAfter())
                .orElseThrow(
                        () ->
                                new RetriesExhaustedException(
                                        "given up: " + exception.setback().message(), exception));
    }
}
