package io.longhaul.server.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What clients saw of the cluster during one test, printed at its end. */
final class Scenario implements AutoCloseable {

    private final String name;
    private final Cluster cluster;
    private final int before;
    private final List<Duration> direct = new ArrayList<>();
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

    /** A client that is not behind the balancer has waited for its answer. */
    void waited(Duration time) {
        direct.add(time);
    }

    @Override
    public void close() {
        List<BalancedRequest> requests = requests();
        Duration longest =
                Stream.concat(direct.stream(), requests.stream().map(BalancedRequest::time))
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
