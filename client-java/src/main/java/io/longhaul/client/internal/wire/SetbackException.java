package io.longhaul.client.internal.wire;

/** Carries a {@link Setback} to where it is decided what to do about it. */
public final class SetbackException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Setback setback;

    public SetbackException(Setback setback) {
        super(setback.message());
        this.setback = setback;
    }

    SetbackException(Setback setback, Throwable cause) {
        super(setback.message(), cause);
        this.setback = setback;
    }

    public Setback setback() {
        return setback;
    }
}
