package io.longhaul.server;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGTERM and SIGINT (Ctrl-C) do: the first stops the server in order, a second one ends the
 * process at once. Java alone ignores the second. Thread-safe.
 */
final class StopSignals {

    private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
    private static final int SIGNALLED = 128;

    private final AtomicBoolean stopping = new AtomicBoolean();

    private StopSignals() {}

    /** Where signals cannot be caught, Java's own way of stopping remains. */
    static void install() {
        StopSignals signals = new StopSignals();
        for (String name : List.of("TERM", "INT")) {
            try {
                signals.handle(name);
            } catch (ReflectiveOperationException e) {
                log.debug("SIG{} is left to Java", name, e);
            }
        }
    }

    /** The JDK's only way to signals, and one that javac does not let pass without a warning. */
    private void handle(String name) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object signal = type.getConstructor(String.class).newInstance(name);
        int status = SIGNALLED + (int) type.getMethod("getNumber").invoke(signal);
        // Method handles would be generated here at each start, which takes several times as long.
        Object proxy =
                Proxy.newProxyInstance(
                        handler.getClassLoader(),
                        new Class<?>[] {handler},
                        (_, method, arguments) -> {
                            if (method.getDeclaringClass() != handler) {
                                return method.invoke(this, arguments);
                            }
                            received(status);
                            return null;
                        });
        type.getMethod("handle", type, handler).invoke(null, signal, proxy);
    }

    /** Runs on a thread of its own for each signal. */
    private void received(int status) {
        if (stopping.getAndSet(true)) {
            log.warn("Stopped at once; what was acknowledged is kept");
            Runtime.getRuntime().halt(status);
        }
        log.info("Stopping; a second signal ends the process at once");
        System.exit(status);
    }
}
