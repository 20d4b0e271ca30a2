package io.longhaul.server.simulation;

import io.longhaul.server.core.service.UploadBody;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A body whose bytes arrive when the client says so, for as long as it likes. */
final class SimulatedBody implements UploadBody {

    private interface Arrival {
        Piece piece() throws IOException;
    }

    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final OptionalLong length;

    /**
     * @param length that the request tells; empty when it tells none
     */
    SimulatedBody(OptionalLong length) {
        this.length = length;
    }

    SimulatedBody bytes(byte[] bytes) {
        return arriving(() -> new Bytes(ByteBuffer.wrap(bytes)));
    }

    SimulatedBody end() {
        return arriving(End::new);
    }

    SimulatedBody cut() {
        return arriving(
                () -> {
                    throw new EOFException("the client has gone");
                });
    }

    private SimulatedBody arriving(Arrival arrival) {
        arrivals.add(arrival);
        return this;
    }

    @Override
    public Piece next(Duration patience) throws IOException {
        @Nullable Arrival arrival;
        try {
            arrival = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return arrival == null ? new Nothing() : arrival.piece();
    }

    @Override
    public void wake() {
        arriving(Nothing::new);
    }

    @Override
    public OptionalLong length() {
        return length;
    }
}
