package io.longhaul.client;

/**
 * The upload needs an extension of tus that the server does not offer. Code {@code unsupported}.
 */
public final class UnsupportedByServerException extends UploadException {

    private static final long serialVersionUID = 1L;

    private final String extension;

    public UnsupportedByServerException(String extension, String message) {
        super("unsupported", message);
        this.extension = extension;
    }

    /** The tus extension that is missing, for example {@code creation-defer-length}. */
    public String extension() {
        return extension;
    }
}
