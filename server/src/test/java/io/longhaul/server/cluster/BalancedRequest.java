package io.longhaul.server.cluster;

import java.time.Duration;

/**
 * A request as the balancer logged it.
 *
 * @param server its address
 * @param time from its first byte to the last one of the answer
 */
record BalancedRequest(String method, int status, String server, Duration time) {

    static BalancedRequest of(String line) {
        String[] words = line.split(" ", -1);
        return new BalancedRequest(
                words[0],
                Integer.parseInt(words[1]),
                words[2],
                Duration.ofMillis(Math.round(Double.parseDouble(words[words.length - 1]) * 1_000)));
    }

    /** Such as {@code PATCH 204}. */
    String outcome() {
        return method + " " + status;
    }
}
