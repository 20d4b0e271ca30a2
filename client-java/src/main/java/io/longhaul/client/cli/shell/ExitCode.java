package io.longhaul.client.cli.shell;

import io.longhaul.client.CredentialsRefusedException;
import io.longhaul.client.RetriesExhaustedException;
import io.longhaul.client.SourceChangedException;
import io.longhaul.client.UploadBusyException;
import io.longhaul.client.UploadCancelledException;

/** What the command's exit status means. The help of the command lists them; they do not change. */
public final class ExitCode {

    public static final int OK = 0;

    /** Something that should not happen, for example a disk that is full. */
    public static final int FAILURE = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** The network or the server was away for longer than was asked to wait. */
    public static final int NETWORK = 3;

    /** The server refuses the request, does not have the upload, or cannot do what it takes. */
    public static final int REFUSED = 4;

    /** The server refuses the credentials. */
    public static final int CREDENTIALS = 5;

    /** A file changed or cannot be read, or a download is not what it was. */
    public static final int SOURCE = 6;

    /** Of several, some failed and some did not. */
    public static final int SOME_FAILED = 7;

    /** A check of {@code doctor} failed. */
    public static final int UNHEALTHY = 8;

    /** Another process is uploading the same file. */
    public static final int BUSY = 9;

    /** Stopped by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** What a failure means. */
    public static int of(Throwable failure) {
        if (failure instanceof CommandException command) {
            return command.exitCode();
        }
        if (failure instanceof RetriesExhaustedException) {
            return NETWORK;
        }
        if (failure instanceof CredentialsRefusedException) {
            return CREDENTIALS;
        }
        if (failure instanceof SourceChangedException) {
            return SOURCE;
        }
        if (failure instanceof UploadBusyException) {
            return BUSY;
        }
        if (failure instanceof UploadCancelledException) {
            return INTERRUPTED;
        }
        return failure instanceof io.longhaul.client.UploadException ? REFUSED : FAILURE;
    }

    /** The one code of several outcomes: theirs where all agree. */
    public static int together(Iterable<Integer> codes) {
        int result = -1;
        for (int code : codes) {
            if (result >= 0 && code != result) {
                return SOME_FAILED;
            }
            result = code;
        }
        return Math.max(OK, result);
    }
}
