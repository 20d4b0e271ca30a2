package io.longhaul.server.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A self-signed certificate for localhost and its key, as PEM files. */
public record Certificate(Path certificate, Path key) {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "localhost";

    public static Certificate create(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("localhost.p12");
        generate(directory, store);
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var key = keys.getKey(ALIAS, PASSWORD.toCharArray());
        return new Certificate(
                pem(directory, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
                pem(directory, "PRIVATE KEY", key.getEncoded()));
    }

    private static void generate(Path directory, Path store)
            throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Command.start(
                        directory,
                        Map.of(),
                        keytool.toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .result(LIMIT);
    }

    private static Path pem(Path directory, String type, byte[] content) throws IOException {
        String lines =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content);
        String text = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, lines);
        return Files.writeString(directory.resolve(type.replace(' ', '-') + ".pem"), text);
    }
}
