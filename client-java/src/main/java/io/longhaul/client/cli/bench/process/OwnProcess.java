package io.longhaul.client.cli.bench.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The process of the bench itself. */
public final class OwnProcess {

    /** What a Java program has open anyway, and the few connections beside the many. */
    private static final int OTHER_DESCRIPTORS = 200;

    private OwnProcess() {}

    /** Its processor time since its start. */
    public static Duration cpu() {
        return Duration.ofNanos(bean().getProcessCpuTime());
    }

    /**
     * Compares what a run needs with what the system allows.
     *
     * @throws IllegalArgumentException when so many connections cannot be open at once
     */
    public static void checkDescriptors(int connections) {
        if (bean() instanceof UnixOperatingSystemMXBean unix) {
            checkDescriptors(connections, unix.getMaxFileDescriptorCount());
        }
    }

    static void checkDescriptors(int connections, long limit) {
        long needed = (long) connections + OTHER_DESCRIPTORS;
        if (limit >= 0 && needed > limit) {
            throw new IllegalArgumentException(
                    "%d trickling connections need %d file descriptors, and the limit is %d: raise it (ulimit -n %d) or ask for fewer (--trickling)"
                            .formatted(connections, needed, limit, needed));
        }
    }

    private static OperatingSystemMXBean bean() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }
}
