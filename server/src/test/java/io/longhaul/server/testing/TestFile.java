package io.longhaul.server.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** A file to upload, without any repetition in it, and the digest its content must have. */
public record TestFile(Path path, long length, String sha256) {

    private static final int BLOCK = 64 * 1024;

    public static TestFile create(Path directory, long length) throws IOException {
        return create(directory, length + ".bin", length);
    }

    public static TestFile create(Path directory, String name, long length) throws IOException {
        Path path = directory.resolve(name);
        try (var out = new BufferedOutputStream(Files.newOutputStream(path))) {
            fill(out, new Random(length), length);
        }
        try (var in = Files.newInputStream(path)) {
            return new TestFile(path, length, sha256(in));
        }
    }

    public static String sha256(InputStream in) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(OutputStream out, Random random, long length) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long rest = length; rest > 0; rest -= BLOCK) {
            random.nextBytes(block);
            out.write(block, 0, (int) Math.min(rest, BLOCK));
        }
    }
}
