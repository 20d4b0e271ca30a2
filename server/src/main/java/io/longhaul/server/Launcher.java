package io.longhaul.server;

import java.util.Arrays;

/**
 * Starts the server, or its check of a store, or says which Java they need. Compiled for Java 17,
 * so that an older Java than the server's can still run it and print a sentence instead of a class
 * version error.
 */
public final class Launcher {

    private static final int REQUIRED = 25;

    private Launcher() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        int running = Runtime.version().feature();
        if (running < REQUIRED) {
            System.err.printf(
                    "Longhaul needs Java %d or newer; this is Java %d (%s).%n"
                            + "Install a JDK or JRE %d, for example temurin-%d-jre, and start the"
                            + " server with its java command.%n",
                    REQUIRED, running, System.getProperty("java.home"), REQUIRED, REQUIRED);
            System.exit(1);
        }
        boolean check = Arrays.asList(args).contains("--check-store");
        Class.forName(
                        check
                                ? "io.longhaul.server.app.CheckStore"
                                : "io.longhaul.server.LonghaulApplication")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }
}
