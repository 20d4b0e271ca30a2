package io.longhaul.server.fuzz;

import io.longhaul.server.core.service.UploadBody;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;

/** A body that has arrived, in pieces, and ends as it should or is cut. */
final class FuzzBody implements UploadBody {

    private final byte[] bytes;
    private final int piece;
    private final boolean cut;
    private final OptionalLong length;
    private int at;

    /**
     * @param piece how many bytes come at once
     * @param length what the request says
     */
    FuzzBody(byte[] bytes, int piece, boolean cut, OptionalLong length) {
        this.bytes = bytes;
        this.piece = piece;
        this.cut = cut;
        this.length = length;
    }

    static FuzzBody none() {
        return new FuzzBody(new byte[0], 1, false, OptionalLong.of(0));
    }

    @Override
    public Piece next(Duration patience) throws IOException {
        if (at == bytes.length) {
            if (cut) {
                throw new EOFException("the fuzzer cuts the body here");
            }
            return new End();
        }
        int count = Math.min(piece, bytes.length - at);
        at += count;
        return new Bytes(ByteBuffer.wrap(bytes, at - count, count).slice());
    }

    @Override
    public void wake() {
        // Nobody waits: everything has arrived.
    }

    @Override
    public OptionalLong length() {
        return length;
    }
}
