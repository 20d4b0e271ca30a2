package io.longhaul.server.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What clients saw of the cluster during one test, printed at its end. */
final class Scenario implements AutoCloseable {

    private final String name;
    private final Cluster cluster;
    private final int before;
    private final List<Duration> told = new ArrayList<>();
    private final long begun = System.nanoTime();

    Scenario(String name, Cluster cluster) {
        this.name = name;
        this.cluster = cluster;
        before = cluster.requests().size();
    }

    /** The requests of this test that went through the balancer. */
    List<BalancedRequest> requests() {
        List<BalancedRequest> all = cluster.requests();
        return all.subList(before, all.size());
    }

    /**
     * A client has waited for an answer, or for as long as it does. Without any such the balancer's
     * times count, which notices late that a client has gone.
     */
    void waited(Duration time) {
        told.add(time);
    }

    @Override
    public void close() {
        List<BalancedRequest> requests = requests();
        Duration longest =
                (told.isEmpty() ? requests.stream().map(BalancedRequest::time) : told.stream())
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        Map<String, Long> outcomes =
                requests.stream()
                        .collect(
                                Collectors.groupingBy(
                                        BalancedRequest::outcome,
                                        TreeMap::new,
                                        Collectors.counting()));
        System.out.printf(
                "three nodes, %s: longest wait %d ms, %d ms in all, %s%n",
                name, longest.toMillis(), millis(), outcomes);
    }

    private long millis() {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }
}
