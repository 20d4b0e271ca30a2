package io.longhaul.client.internal.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a file's bytes: SHA-256 over path, length, modification time, and the first and last MiB.
 * Another file at the same path, even of the same length and time, gets another name.
 */
final class Fingerprint {

    private static final int SAMPLE = 1 << 20;

    private Fingerprint() {}

    static String of(Path file, FileContent.Look look, FileChannel channel) throws IOException {
        MessageDigest digest = sha256();
        String about = file + "\n" + look.length() + "\n" + look.modified() + "\n";
        digest.update(about.getBytes(StandardCharsets.UTF_8));
        update(digest, channel, 0);
        update(digest, channel, Math.max(0, look.length() - SAMPLE));
        return "file-" + HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, FileChannel channel, long position)
            throws IOException {
        long left = Math.min(SAMPLE, channel.size() - position);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(left, 64 << 10)));
        for (long at = position; left > 0; ) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            int read = channel.read(buffer, at);
            if (read < 0) {
                return;
            }
            digest.update(buffer.flip());
            at += read;
            left -= read;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
