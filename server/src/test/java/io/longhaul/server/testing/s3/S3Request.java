package io.longhaul.server.testing.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request in path style: {@code /bucket/key?parameters}.
 *
 * @param parameters decoded; empty for those without a value
 * @param content the bytes of its body
 */
record S3Request(
        S3Call call, Map<String, String> parameters, Headers headers, InputStream content) {

    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/]+)/");

    /** The headers of a request by their names in any case. */
    @FunctionalInterface
    interface Headers {
        @Nullable String first(String name);
    }

    static S3Request of(String method, URI target, Headers headers, InputStream content)
            throws S3Failure {
        String path = decoded(target.getRawPath()).substring(1);
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        Map<String, String> parameters = parameters(target.getRawQuery());
        boolean copy = headers.first("x-amz-copy-source") != null;
        S3Operation operation = operation(method, key, parameters, copy);
        S3Call call = new S3Call(operation, bucket, key, caller(headers.first("Authorization")));
        return new S3Request(call, parameters, headers, content);
    }

    private static String caller(@Nullable String signed) {
        Matcher credential = CREDENTIAL.matcher(signed == null ? "" : signed);
        return credential.find() ? credential.group(1) : "";
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String each : query.split("&", -1)) {
                String[] pair = each.split("=", 2);
                parameters.put(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1]));
            }
        }
        return parameters;
    }

    /** In a path a plus sign is one; the SDK writes it as %2B in both places. */
    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static S3Operation operation(
            String method, String key, Map<String, String> parameters, boolean copy)
            throws S3Failure {
        S3Operation found =
                key.isEmpty() ? onBucket(method, parameters) : onObject(method, parameters);
        if (found == null) {
            throw new S3Failure(501, "NotImplemented", method + " " + parameters.keySet());
        }
        return found == S3Operation.UPLOAD_PART && copy ? S3Operation.UPLOAD_PART_COPY : found;
    }

    private static @Nullable S3Operation onBucket(String method, Map<String, String> parameters) {
        boolean lifecycle = parameters.containsKey("lifecycle");
        return switch (method) {
            case "GET" ->
                    lifecycle
                            ? S3Operation.GET_LIFECYCLE
                            : parameters.containsKey("uploads")
                                    ? S3Operation.LIST_MULTIPART_UPLOADS
                                    : S3Operation.LIST_OBJECTS;
            case "PUT" -> lifecycle ? S3Operation.PUT_LIFECYCLE : null;
            case "POST" -> parameters.containsKey("delete") ? S3Operation.DELETE_OBJECTS : null;
            default -> null;
        };
    }

    private static @Nullable S3Operation onObject(String method, Map<String, String> parameters) {
        boolean multipart = parameters.containsKey("uploadId");
        return switch (method) {
            case "GET" -> multipart ? S3Operation.LIST_PARTS : S3Operation.GET_OBJECT;
            case "HEAD" -> S3Operation.HEAD_OBJECT;
            case "PUT" -> multipart ? S3Operation.UPLOAD_PART : S3Operation.PUT_OBJECT;
            case "POST" ->
                    parameters.containsKey("uploads")
                            ? S3Operation.CREATE_MULTIPART_UPLOAD
                            : multipart ? S3Operation.COMPLETE_MULTIPART_UPLOAD : null;
            case "DELETE" ->
                    multipart ? S3Operation.ABORT_MULTIPART_UPLOAD : S3Operation.DELETE_OBJECT;
            default -> null;
        };
    }

    String key() {
        return call.key();
    }

    String parameter(String name) throws S3Failure {
        String value = parameters.get(name);
        if (value == null) {
            throw new S3Failure(400, "InvalidArgument", name);
        }
        return value;
    }

    String parameter(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) throws S3Failure {
        String value = parameters.get(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException _) {
            throw new S3Failure(400, "InvalidArgument", name + "=" + value);
        }
    }

    @Nullable String header(String name) {
        return headers.first(name);
    }

    Conditions conditions() throws S3Failure {
        return Conditions.of(header("If-Match"), header("If-None-Match"));
    }

    /** The whole body, which is refused unless it has the length that was told. */
    byte[] body() throws S3Failure {
        String hash = header("x-amz-content-sha256");
        if (hash != null && hash.startsWith("STREAMING")) {
            throw new S3Failure(501, "NotImplemented", hash);
        }
        try {
            byte[] body = content.readAllBytes();
            String length = header("Content-Length");
            if (length != null && Long.parseLong(length) != body.length) {
                throw new S3Failure(400, "IncompleteBody", body.length + " of " + length);
            }
            Digests.check(body, header("Content-MD5"), header("x-amz-checksum-crc32c"));
            return body;
        } catch (IOException e) {
            throw new S3Failure(400, "IncompleteBody", String.valueOf(e.getMessage()));
        }
    }
}
