package io.longhaul.server.app;

/** The server cannot start. Carries one sentence about what is wrong and one about what to do. */
public final class StartupException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    public StartupException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    public StartupException(String problem, String remedy, Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    /** What to do, as a sentence. */
    public String remedy() {
        return remedy;
    }
}
