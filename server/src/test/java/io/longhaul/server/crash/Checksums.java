package io.longhaul.server.crash;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Values of the Upload-Checksum header. */
final class Checksums {

    private Checksums() {}

    static String sha256(byte[] bytes) {
        return "sha256 " + base64(Bytes.sha256Digest().digest(bytes));
    }

    static String crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return "crc32c "
                + base64(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }
}
