package io.longhaul.server.differential;

import static io.longhaul.server.differential.Step.UPLOAD_BYTES;
import static io.longhaul.server.differential.Step.bare;
import static io.longhaul.server.differential.Step.chunked;
import static io.longhaul.server.differential.Step.delete;
import static io.longhaul.server.differential.Step.get;
import static io.longhaul.server.differential.Step.head;
import static io.longhaul.server.differential.Step.patch;
import static io.longhaul.server.differential.Step.post;
import static io.longhaul.server.differential.Step.request;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** HEAD, PATCH, versions, numbers, repeated headers, the method override, ids and GET. */
final class CoreScenarios {

    private static final Step CREATE = post("Upload-Length: 5");

    /** What is no number, by the name of its scenario. */
    private static final Map<String, String> NUMBERS =
            new TreeMap<>(
                    Map.of(
                            "plus", "+5",
                            "negative", "-5",
                            "list", "5,5",
                            "exponent", "5e1",
                            "fraction", "5.0",
                            "hexadecimal", "0x5",
                            "leading-zeros", "005",
                            "empty", "",
                            "word", "five",
                            "2-to-63", "9223372036854775808"));

    private CoreScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                        heads(),
                        appends(),
                        refusedAppends(),
                        versions(),
                        numbers(),
                        repeated(),
                        overrides(),
                        ids(),
                        downloads())
                .flatMap(List::stream);
    }

    private static List<Scenario> heads() {
        return List.of(
                Scenario.of("head-partial", CREATE, patch("{1}", "0", "he"), head("{1}")),
                Scenario.of("head-complete", CREATE, patch("{1}", "0", "hello"), head("{1}")),
                Scenario.of("head-unknown", head("/files/unknown")),
                Scenario.of("head-collection", head("/files")));
    }

    private static List<Scenario> appends() {
        return List.of(
                Scenario.of(
                        "append-twice",
                        CREATE,
                        patch("{1}", "0", "he"),
                        patch("{1}", "2", "llo"),
                        get("{1}")),
                Scenario.of("append-chunked", CREATE, chunked("{1}", "0", "hello"), get("{1}")),
                Scenario.of("append-nothing", CREATE, patch("{1}", "0", ""), head("{1}")),
                Scenario.of(
                        "append-nothing-to-complete",
                        CREATE,
                        patch("{1}", "0", "hello"),
                        patch("{1}", "5", ""),
                        head("{1}")),
                Scenario.of(
                        "append-cut",
                        CREATE,
                        patch("{1}", "0", "").without("Content-Length").cutAt("he", 5),
                        head("{1}"),
                        patch("{1}", "2", "llo"),
                        get("{1}")),
                Scenario.of(
                        "append-expecting-continue",
                        CREATE,
                        patch("{1}", "0", "hello", "Expect: 100-continue")),
                Scenario.of(
                        "append-typed-with-parameter",
                        CREATE,
                        patch("{1}", "0", "hello")
                                .without("Content-Type")
                                .with(UPLOAD_BYTES + "; charset=utf-8")),
                Scenario.of(
                        "append-typed-in-capitals",
                        CREATE,
                        patch("{1}", "0", "hello")
                                .without("Content-Type")
                                .with("Content-Type: Application/Offset+Octet-Stream")),
                Scenario.of(
                        "append-with-same-length",
                        CREATE,
                        patch("{1}", "0", "hello", "Upload-Length: 5")));
    }

    private static List<Scenario> refusedAppends() {
        return List.of(
                refused("append-offset-ahead", patch("{1}", "3", "hello")),
                Scenario.of(
                        "append-offset-behind",
                        CREATE,
                        patch("{1}", "0", "he"),
                        patch("{1}", "0", "hello"),
                        head("{1}")),
                refused("append-without-offset", withoutOffset()),
                refused("append-untyped", patch("{1}", "0", "hello").without("Content-Type")),
                refused(
                        "append-other-type",
                        patch("{1}", "0", "hello")
                                .without("Content-Type")
                                .with("Content-Type: application/octet-stream")),
                refused("append-beyond-length", patch("{1}", "0", "hello!")),
                refused("append-chunked-beyond-length", chunked("{1}", "0", "hello!")),
                Scenario.of(
                        "append-to-complete",
                        CREATE,
                        patch("{1}", "0", "hello"),
                        patch("{1}", "5", "!"),
                        head("{1}"),
                        get("{1}")),
                refused("append-with-other-length", patch("{1}", "0", "hello", "Upload-Length: 6")),
                refused(
                        "append-refused-expecting-continue",
                        patch("{1}", "3", "hello", "Expect: 100-continue")),
                Scenario.of("append-to-unknown", patch("/files/unknown", "0", "hello")),
                Scenario.of("append-to-collection", patch("/files", "0", "hello")));
    }

    private static Step withoutOffset() {
        return patch("{1}", "0", "hello").without("Upload-Offset");
    }

    /** An append that is refused leaves the upload as it is. */
    private static Scenario refused(String name, Step append) {
        return Scenario.of(name, CREATE, append, head("{1}"));
    }

    private static List<Scenario> versions() {
        return List.of(
                Scenario.of("version-missing-create", CREATE.without("Tus-Resumable")),
                Scenario.of(
                        "version-other-create",
                        CREATE.without("Tus-Resumable").with("Tus-Resumable: 0.2.2")),
                Scenario.of("version-missing-head", CREATE, head("{1}").without("Tus-Resumable")),
                refused(
                        "version-missing-append",
                        patch("{1}", "0", "hello").without("Tus-Resumable")),
                refused("version-missing-delete", bare("DELETE", "{1}")),
                refused("version-other-delete", bare("DELETE", "{1}", "Tus-Resumable: 2.0.0")),
                Scenario.of(
                        "version-missing-get",
                        CREATE,
                        patch("{1}", "0", "hello"),
                        bare("GET", "{1}")),
                Scenario.of("version-missing-unknown-upload", bare("HEAD", "/files/unknown")));
    }

    private static List<Scenario> numbers() {
        return NUMBERS.entrySet().stream()
                .flatMap(
                        number ->
                                Stream.of(
                                        Scenario.of(
                                                "length-" + number.getKey(),
                                                post("Upload-Length: " + number.getValue()),
                                                head("{1}")),
                                        Scenario.of(
                                                "offset-" + number.getKey(),
                                                post("Upload-Length: 10"),
                                                patch("{1}", "0", "01234"),
                                                patch("{1}", number.getValue(), "56789"),
                                                head("{1}"))))
                .toList();
    }

    private static List<Scenario> repeated() {
        return List.of(
                Scenario.of("repeated-length", CREATE.with("Upload-Length: 6"), head("{1}")),
                Scenario.of("repeated-same-length", CREATE.with("Upload-Length: 5")),
                Scenario.of(
                        "repeated-deferral",
                        post("Upload-Defer-Length: 1", "Upload-Defer-Length: 1")),
                Scenario.of("repeated-version", CREATE.with("Tus-Resumable: 1.0.0")),
                refused("repeated-offset", patch("{1}", "0", "hello").with("Upload-Offset: 0")));
    }

    private static List<Scenario> overrides() {
        return List.of(
                refused(
                        "override-to-append",
                        override(patch("{1}", "0", "hello"), "POST", "PATCH")),
                refused("override-to-delete", override(delete("{1}"), "POST", "DELETE")),
                refused("override-in-small-letters", override(delete("{1}"), "POST", "delete")),
                refused("override-of-delete", override(delete("{1}"), "DELETE", "OPTIONS")),
                refused("override-to-itself", override(delete("{1}"), "DELETE", "DELETE")),
                Scenario.of("override-to-create", override(CREATE, "PUT", "POST")),
                refused("override-to-unknown", override(delete("{1}"), "POST", "BREW")),
                refused(
                        "override-without-version",
                        override(delete("{1}"), "POST", "DELETE").without("Tus-Resumable")));
    }

    private static Step override(Step step, String method, String override) {
        return new Step(method, step.target(), step.headers(), step.body(), step.cut())
                .with("X-HTTP-Method-Override: " + override);
    }

    private static List<Scenario> ids() {
        return List.of(
                Scenario.of("id-encoded-traversal", head("/files/..%2F..%2Fetc%2Fpasswd")),
                Scenario.of("id-dots", head("/files/%2e%2e")),
                Scenario.of("id-nul", head("/files/%00")),
                Scenario.of("id-with-slash", head("/files/a/b")),
                Scenario.of("id-10-kb", head("/files/" + "a".repeat(10_000))),
                Scenario.of("id-uuid", head("/files/7b0a1a9c-6b0e-4a0e-9f43-0d9c4c7a3f55")));
    }

    private static List<Scenario> downloads() {
        return List.of(
                Scenario.of("get-complete", CREATE, patch("{1}", "0", "hello"), get("{1}")),
                Scenario.of(
                        "get-range",
                        CREATE,
                        patch("{1}", "0", "hello"),
                        get("{1}", "Range: bytes=1-2")),
                Scenario.of("get-incomplete", CREATE, patch("{1}", "0", "he"), get("{1}")),
                Scenario.of("get-unknown", get("/files/unknown")),
                Scenario.of("get-collection", get("/files")),
                Scenario.of("put-upload", CREATE, request("PUT", "{1}").sending("hello")),
                Scenario.of("unknown-method", CREATE, request("BREW", "{1}")));
    }
}
