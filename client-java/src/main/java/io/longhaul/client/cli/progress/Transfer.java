package io.longhaul.client.cli.progress;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far an upload or a download is, as it is shown.
 *
 * @param id tells transfers of the same name apart
 * @param durable bytes that stay, whatever happens
 * @param moved bytes that went over the network, at least {@code durable}
 * @param length bytes in all, empty while not known
 * @param rate bytes in a second, lately; empty when nothing moved yet
 * @param trouble why it waits; present only while it does
 */
public record Transfer(
        int id,
        String name,
        long durable,
        long moved,
        OptionalLong length,
        OptionalDouble rate,
        Optional<String> trouble) {

    /** Before anything happened. */
    public static Transfer begun(int id, String name, OptionalLong length) {
        return new Transfer(id, name, 0, 0, length, OptionalDouble.empty(), Optional.empty());
    }

    /** Durable percent, rounded down: 100 is said of what is whole only. */
    public OptionalInt percent() {
        return length.isPresent()
                ? OptionalInt.of(percent(durable, length.getAsLong()))
                : OptionalInt.empty();
    }

    static int percent(long bytes, long length) {
        return length == 0 ? 100 : (int) Math.min(100, bytes * 100.0 / length);
    }

    /** Seconds until it is complete, if the rate stays. */
    public OptionalLong secondsLeft() {
        return length.isPresent()
                ? secondsLeft(length.getAsLong() - moved, rate)
                : OptionalLong.empty();
    }

    static OptionalLong secondsLeft(long bytes, OptionalDouble rate) {
        return rate.isPresent() && rate.getAsDouble() > 0
                ? OptionalLong.of((long) Math.ceil(Math.max(0, bytes) / rate.getAsDouble()))
                : OptionalLong.empty();
    }
}
