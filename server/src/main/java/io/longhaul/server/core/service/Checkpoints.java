package io.longhaul.server.core.service;

import java.time.Duration;

/**
 * When a long append commits what it has: a crash costs no more than that.
 *
 * @param bytes as soon as so many have arrived since the last commit
 * @param interval and when so much time has passed
 */
record Checkpoints(long bytes, Duration interval) {

    static final Checkpoints DEFAULT = new Checkpoints(64L << 20, Duration.ofSeconds(5));
}
