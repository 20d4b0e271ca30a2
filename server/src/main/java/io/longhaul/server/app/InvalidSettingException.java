package io.longhaul.server.app;

/**
 * A setting has a value that can be read but not be used. The message says what the value has to
 * be, so that it can follow "it must be".
 */
final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String key;

    InvalidSettingException(String key, String expected) {
        super(expected);
        this.key = key;
    }

    String key() {
        return key;
    }

    static void check(boolean valid, String key, String expected) {
        if (!valid) {
            throw new InvalidSettingException(key, expected);
        }
    }
}
