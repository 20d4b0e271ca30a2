package io.longhaul.client.internal.wire;

import io.longhaul.client.internal.source.OpenContent;
import java.util.function.LongConsumer;

/**
 * Bytes of a content, as the body of a request; sent once for each time that a redirect asks for
 * them.
 *
 * @param offset of the first byte, in the content
 * @param length bytes to send
 * @param sent is told how many of them were handed to the network
 */
public record RequestBody(OpenContent content, long offset, long length, LongConsumer sent) {

    BodyTransfer begin() {
        return new BodyTransfer(this);
    }
}
