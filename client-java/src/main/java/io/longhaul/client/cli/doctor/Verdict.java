package io.longhaul.client.cli.doctor;

/** What a check says. */
public enum Verdict {
    /** As it should be. */
    OK,
    /** Uploads work, but not as well as they could. */
    WARN,
    /** Uploads do not work, or break where others would go on. */
    FAIL;

    /** As it is printed. */
    public String word() {
        return switch (this) {
            case OK -> "ok";
            case WARN -> "warn";
            case FAIL -> "fail";
        };
    }
}
