package io.longhaul.client.testing;

/**
 * Counts what a server receives and sends over all its connections, and says where to cut. Each cut
 * is made once. Thread-safe.
 */
final class Conversation {

    private static final long NEVER = Long.MAX_VALUE;

    private long received;
    private long sent;
    private long cutReceived = NEVER;
    private long cutSent = NEVER;

    synchronized long received() {
        return received;
    }

    synchronized long sent() {
        return sent;
    }

    synchronized void cutAfterReceiving(long bytes) {
        cutReceived = bytes;
    }

    synchronized void cutAfterSending(long bytes) {
        cutSent = bytes;
    }

    /** Whether the connection is to be cut before anything else is done with it. */
    synchronized boolean cutsNow() {
        if (received >= cutReceived) {
            cutReceived = NEVER;
            return true;
        }
        if (sent >= cutSent) {
            cutSent = NEVER;
            return true;
        }
        return false;
    }

    /** How many bytes may be read until the next cut, at least one. */
    synchronized int mayReceive(int bytes) {
        return (int) Math.min(bytes, cutReceived - received);
    }

    synchronized int maySend(int bytes) {
        return (int) Math.min(bytes, cutSent - sent);
    }

    synchronized void receive(int bytes) {
        received += bytes;
    }

    synchronized void send(int bytes) {
        sent += bytes;
    }
}
