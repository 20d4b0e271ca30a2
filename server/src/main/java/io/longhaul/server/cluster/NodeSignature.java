package io.longhaul.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that a call comes from a node that knows the secret: HMAC-SHA-256 over its path and a
 * number used once. Whoever repeats a call that it overheard has a holder commit earlier, a stalled
 * one let go, or the appends of an upload end that was being terminated. Thread-safe.
 */
public final class NodeSignature {

    /** The header with the number that is used once. */
    public static final String NONCE = "Longhaul-Nonce";

    /** The header with the signature. */
    public static final String SIGNATURE = "Longhaul-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public NodeSignature(String secret) {
        key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    }

    /** In hexadecimal digits. */
    String of(HolderCall call, String nonce) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            String signed = call.path() + "\n" + nonce;
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Whether a signature is right; takes as long for every wrong one. */
    public boolean matches(String signature, HolderCall call, String nonce) {
        return MessageDigest.isEqual(of(call, nonce).getBytes(UTF_8), signature.getBytes(UTF_8));
    }
}
