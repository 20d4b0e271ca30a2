package io.longhaul.client.cli.progress;

import java.util.OptionalDouble;

/**
 * How far all transfers of a command are together.
 *
 * @param count all of them
 * @param ended those that are over, well or not
 * @param durable bytes that stay
 * @param moved bytes that went over the network, at least {@code durable}
 * @param length bytes in all, as far as known
 * @param rate bytes in a second, lately
 */
public record Totals(
        int count, int ended, long durable, long moved, long length, OptionalDouble rate) {}
