package io.longhaul.server.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes up bad requests: random bytes, and right ones that were changed in a few places. */
final class HostileRequest {

    private static final List<String> METHODS =
            List.of(
                    "GET",
                    "HEAD",
                    "POST",
                    "PATCH",
                    "PUT",
                    "DELETE",
                    "OPTIONS",
                    "TRACE",
                    "CONNECT",
                    "PROPFIND",
                    "get",
                    "X",
                    "PATCHPATCH",
                    "");

    private static final List<String> TARGETS =
            List.of(
                    "/",
                    "/files",
                    "/files/",
                    "/files/nobody",
                    "/files/..%2f..%2fetc/passwd",
                    "/error",
                    "/actuator",
                    "/actuator/env",
                    "/actuator/health",
                    "/actuator/heapdump",
                    "/actuator/health/../env",
                    "/assets/../../application.yaml",
                    "/%2e%2e/%2e%2e/",
                    "/WEB-INF/web.xml",
                    "/META-INF/MANIFEST.MF",
                    "/index.html;a=b",
                    "/..;/actuator",
                    "/%00",
                    "/%",
                    "/%zz",
                    "/%c0%af",
                    "//",
                    "/\\..\\",
                    "*",
                    "localhost:80",
                    "?",
                    "",
                    "http://other/files",
                    "/?a=%0d%0aX-Own:%201",
                    "/favicon.ico/",
                    "/a b",
                    "/index.html/%2e%2e/%2e%2e/META-INF/",
                    "/sw.js%3f",
                    "/files?x=\u00ff");

    private static final List<String> HEADERS =
            List.of(
                    "Host",
                    "Tus-Resumable",
                    "Upload-Length",
                    "Upload-Offset",
                    "Upload-Metadata",
                    "Upload-Concat",
                    "Upload-Checksum",
                    "Upload-Defer-Length",
                    "Content-Type",
                    "Content-Length",
                    "Transfer-Encoding",
                    "Trailer",
                    "Expect",
                    "Connection",
                    "Upgrade",
                    "Range",
                    "If-Range",
                    "If-Match",
                    "If-None-Match",
                    "If-Modified-Since",
                    "Accept",
                    "Accept-Encoding",
                    "Origin",
                    "Access-Control-Request-Method",
                    "Access-Control-Request-Headers",
                    "X-HTTP-Method-Override",
                    "Idempotency-Key",
                    "Forwarded",
                    "X-Forwarded-For",
                    "X-Forwarded-Host",
                    "X-Forwarded-Proto",
                    "X-Forwarded-Port",
                    "Cookie",
                    "Authorization",
                    "Content-Encoding",
                    "TE");

    private static final List<String> VALUES =
            List.of(
                    "1.0.0",
                    "0",
                    "5",
                    "-1",
                    "9223372036854775807",
                    "99999999999999999999",
                    "",
                    "application/offset+octet-stream",
                    "text/html",
                    "application/json",
                    "*/*",
                    "chunked",
                    "gzip, chunked",
                    "100-continue",
                    "close",
                    "keep-alive",
                    "h2c",
                    "websocket",
                    "bytes=0-",
                    "bytes=5-1,-",
                    "sha1 AAAA",
                    "sha1 ",
                    "final;",
                    "final;/files/x",
                    "partial",
                    "a YQ==",
                    "a ?",
                    "PATCH",
                    "GET",
                    "TRACE",
                    "for=\"[::1\";host=\"a\nb\"",
                    "a:b:c",
                    "[::1",
                    "999999",
                    "https",
                    "http://a.example",
                    "null",
                    "<script>alert(1)</script>",
                    "\"",
                    "Fri, 99 Nov 2026",
                    "%0d%0aX-Own: 1",
                    "\u00e4\u0085\u00a0",
                    "a\tb",
                    "\0",
                    "\r");

    private final RandomGenerator random;
    private final String upload;

    /**
     * @param upload the path of an upload that is there
     */
    HostileRequest(RandomGenerator random, String upload) {
        this.random = random;
        this.upload = upload;
    }

    byte[] next() {
        byte[] bytes = random.nextInt(10) == 0 ? noise(random.nextInt(1, 300)) : request();
        if (random.nextInt(3) == 0) {
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    private byte[] noise(int count) {
        byte[] noise = new byte[count];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] request() {
        StringBuilder text = new StringBuilder();
        String target = random.nextInt(3) == 0 ? upload : any(TARGETS);
        text.append("%s %s HTTP/%s\r\n".formatted(any(METHODS), target, version()));
        if (random.nextInt(10) > 0) {
            text.append("Host: localhost\r\n");
        }
        if (random.nextInt(4) > 0) {
            text.append("Tus-Resumable: 1.0.0\r\n");
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(any(HEADERS)).append(": ").append(value()).append("\r\n");
        }
        text.append("\r\n").append(any(VALUES));
        return text.toString().getBytes(ISO_8859_1);
    }

    private String version() {
        return random.nextInt(8) == 0 ? any(List.of("1.0", "0.9", "2.0", "1.12", "x")) : "1.1";
    }

    private String value() {
        return random.nextInt(30) == 0 ? any(VALUES).repeat(1000) : any(VALUES);
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
