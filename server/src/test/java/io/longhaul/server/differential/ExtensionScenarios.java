package io.longhaul.server.differential;

import static io.longhaul.server.differential.Step.chunked;
import static io.longhaul.server.differential.Step.delete;
import static io.longhaul.server.differential.Step.get;
import static io.longhaul.server.differential.Step.head;
import static io.longhaul.server.differential.Step.patch;
import static io.longhaul.server.differential.Step.post;
import static io.longhaul.server.differential.Step.postWith;
import static io.longhaul.server.differential.Step.request;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Checksums, termination and concatenation. */
final class ExtensionScenarios {

    private static final Step CREATE = post("Upload-Length: 5");
    private static final String SHA1 = "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=";

    /** Of "hello"; from openssl dgst, and for the CRCs from their published check tables. */
    private static final Map<String, String> HELLO =
            new TreeMap<>(
                    Map.of(
                            "md5", "XUFAKrxLKna5cZ2REBfFkg==",
                            "sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=",
                            "sha256", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
                            "sha512",
                                    "m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4U"
                                            + "uMXaDEZjR1wuXDre9G9zvN7AQw==",
                            "crc32", "NhCmhg==",
                            "crc32c", "mnG7TA=="));

    private static final Step PARTIAL_A = post("Upload-Concat: partial", "Upload-Length: 5");
    private static final Step PARTIAL_B = post("Upload-Concat: partial", "Upload-Length: 6");

    private ExtensionScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                        algorithms(),
                        checksums(),
                        trailers(),
                        terminations(),
                        concatenations(),
                        partials(),
                        refusedFinals())
                .flatMap(List::stream);
    }

    private static List<Scenario> algorithms() {
        return HELLO.entrySet().stream()
                .flatMap(
                        digest -> {
                            String checksum = digest.getKey() + " " + digest.getValue();
                            return Stream.of(
                                    Scenario.of(
                                            "checksum-" + digest.getKey(),
                                            CREATE,
                                            checked("hello", checksum),
                                            get("{1}")),
                                    Scenario.of(
                                            "checksum-wrong-" + digest.getKey(),
                                            CREATE,
                                            checked("hullo", checksum),
                                            head("{1}"),
                                            checked("hello", checksum),
                                            get("{1}")));
                        })
                .toList();
    }

    private static Step checked(String text, String checksum) {
        return patch("{1}", "0", text, "Upload-Checksum: " + checksum);
    }

    private static List<Scenario> checksums() {
        return List.of(
                refused("checksum-unsupported", checked("hello", "sha3 qvTGHdzF6KLavt4PO0gs2a6=")),
                refused("checksum-in-capitals", checked("hello", SHA1.replace("sha1", "SHA1"))),
                refused("checksum-without-value", checked("hello", "sha1")),
                refused("checksum-no-base64", checked("hello", "sha1 !!!")),
                refused("checksum-of-other-size", checked("hello", "sha1 NhCmhg==")),
                refused("checksum-empty-header", checked("hello", "")),
                refused("checksum-of-nothing", checked("", "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=")),
                refused("checksum-wrong-offset", offsetAndChecksum()),
                refused(
                        "checksum-repeated",
                        checked("hello", SHA1).with("Upload-Checksum: " + SHA1)),
                Scenario.of(
                        "checksum-wrong-second-append",
                        CREATE,
                        patch("{1}", "0", "he"),
                        patch("{1}", "2", "llo", "Upload-Checksum: " + SHA1),
                        head("{1}"),
                        patch("{1}", "2", "llo"),
                        get("{1}")),
                refused(
                        "checksum-chunked",
                        chunked("{1}", "0", "hello").with("Upload-Checksum: " + SHA1)),
                refused(
                        "checksum-cut",
                        checked("", SHA1).without("Content-Length").cutAt("he", 5)));
    }

    private static Step offsetAndChecksum() {
        return patch("{1}", "3", "hello", "Upload-Checksum: " + SHA1);
    }

    private static List<Scenario> trailers() {
        Step right = chunked("{1}", "0", "hello", "Upload-Checksum: " + SHA1);
        Step wrong = chunked("{1}", "0", "hullo", "Upload-Checksum: " + SHA1);
        String announced = "Trailer: Upload-Checksum";
        return List.of(
                refused("trailer", right.with(announced)),
                refused("trailer-wrong", wrong.with(announced)),
                refused("trailer-unannounced", right),
                refused("trailer-unannounced-wrong", wrong),
                refused("trailer-missing", chunked("{1}", "0", "hello").with(announced)),
                refused(
                        "trailer-unsupported",
                        chunked("{1}", "0", "hello", "Upload-Checksum: sha3 qvQ=")
                                .with(announced)));
    }

    /** What an append left behind is seen by HEAD. */
    private static Scenario refused(String name, Step append) {
        return Scenario.of(name, CREATE, append, head("{1}"));
    }

    private static List<Scenario> terminations() {
        return List.of(
                terminated("delete-new"),
                terminated("delete-partial", patch("{1}", "0", "he")),
                terminated("delete-complete", patch("{1}", "0", "hello")),
                Scenario.of("delete-unknown", delete("/files/unknown")),
                Scenario.of("delete-collection", delete("/files")));
    }

    private static Scenario terminated(String name, Step... appends) {
        Stream<Step> after =
                Stream.of(
                        delete("{1}"),
                        head("{1}"),
                        patch("{1}", "0", "hello"),
                        get("{1}"),
                        delete("{1}"));
        return new Scenario(
                name,
                Stream.of(Stream.of(CREATE), Stream.of(appends), after)
                        .flatMap(steps -> steps)
                        .toList());
    }

    private static List<Scenario> concatenations() {
        return List.of(
                concatenated("final", "{1} {2}", head("{5}"), get("{5}")),
                concatenated("final-other-order", "{2} {1}", head("{5}"), get("{5}")),
                concatenated("final-repeated-partial", "{1} {2} {1}", head("{5}"), get("{5}")),
                concatenated("final-of-one", "{1}", head("{5}"), get("{5}")),
                concatenated("final-absolute", "{origin}{1} {origin}{2}", head("{5}"), get("{5}")),
                concatenated("final-two-spaces", "{1}  {2}", head("{5}"), get("{5}")),
                concatenated("final-leading-space", " {1} {2}", head("{5}"), get("{5}")),
                concatenated("final-append", "{1} {2}", patch("{5}", "11", ""), head("{5}")),
                concatenated("final-append-bytes", "{1} {2}", patch("{5}", "0", "x"), get("{5}")),
                concatenated(
                        "final-twice",
                        "{1} {2}",
                        post("Upload-Concat: final;{2} {1}"),
                        get("{5}"),
                        get("{6}")),
                concatenated("final-of-final", "{1}", post("Upload-Concat: final;{5} {2}")),
                concatenated("final-delete", "{1} {2}", delete("{5}"), head("{1}"), head("{5}")),
                concatenated("final-partial-deleted", "{1} {2}", delete("{1}"), get("{5}")),
                concatenated("final-partial-content", "{1} {2}", head("{1}"), get("{1}")));
    }

    /** Two partial uploads, a final one of them as step 5, and what comes then. */
    private static Scenario concatenated(String name, String list, Step... then) {
        Stream<Step> parts =
                Stream.of(
                        PARTIAL_A,
                        PARTIAL_B,
                        patch("{1}", "0", "hello"),
                        patch("{2}", "0", " world"),
                        post("Upload-Concat: final;" + list));
        return new Scenario(name, Stream.concat(parts, Stream.of(then)).toList());
    }

    private static List<Scenario> partials() {
        Step concatenate = post("Upload-Concat: final;{1} {2}");
        return List.of(
                Scenario.of("partial", PARTIAL_A, head("{1}")),
                Scenario.of(
                        "partial-deferred",
                        post("Upload-Concat: partial", "Upload-Defer-Length: 1"),
                        head("{1}")),
                Scenario.of(
                        "partial-with-upload",
                        postWith("hello", "Upload-Concat: partial", "Upload-Length: 5"),
                        head("{1}")),
                Scenario.of(
                        "final-unfinished",
                        PARTIAL_A,
                        PARTIAL_B,
                        patch("{1}", "0", "hello"),
                        concatenate,
                        head("{4}"),
                        get("{4}"),
                        patch("{4}", "5", " world"),
                        patch("{2}", "0", " world"),
                        head("{4}"),
                        get("{4}")),
                Scenario.of(
                        "final-unfinished-deferred",
                        post("Upload-Concat: partial", "Upload-Defer-Length: 1"),
                        post("Upload-Concat: final;{1}"),
                        head("{2}"),
                        patch("{1}", "0", "hello", "Upload-Length: 5"),
                        head("{2}"),
                        get("{2}")),
                Scenario.of(
                        "final-unfinished-partial-deleted",
                        PARTIAL_A,
                        PARTIAL_B,
                        concatenate,
                        delete("{1}"),
                        head("{3}")),
                Scenario.of(
                        "final-unfinished-other-partial-completed",
                        PARTIAL_A,
                        PARTIAL_B,
                        concatenate,
                        delete("{1}"),
                        patch("{2}", "0", " world"),
                        head("{2}"),
                        head("{3}")),
                Scenario.of(
                        "final-metadata",
                        post("Upload-Concat: partial", "Upload-Length: 0", "Upload-Metadata: a"),
                        post("Upload-Concat: final;{1}", "Upload-Metadata: b Yg=="),
                        head("{2}"),
                        get("{2}")),
                Scenario.of(
                        "final-without-metadata",
                        post("Upload-Concat: partial", "Upload-Length: 5", "Upload-Metadata: a"),
                        patch("{1}", "0", "hello"),
                        post("Upload-Concat: final;{1}"),
                        head("{3}")));
    }

    private static List<Scenario> refusedFinals() {
        return List.of(
                Scenario.of("final-of-unknown", post("Upload-Concat: final;/files/unknown")),
                Scenario.of(
                        "final-of-plain-upload",
                        CREATE,
                        patch("{1}", "0", "hello"),
                        post("Upload-Concat: final;{1}")),
                Scenario.of(
                        "final-of-other-host",
                        PARTIAL_A,
                        post("Upload-Concat: final;http://tus.example.org{1}")),
                Scenario.of(
                        "final-with-length",
                        PARTIAL_A,
                        post("Upload-Concat: final;{1}", "Upload-Length: 5")),
                Scenario.of(
                        "final-with-deferral",
                        PARTIAL_A,
                        post("Upload-Concat: final;{1}", "Upload-Defer-Length: 1")),
                Scenario.of("final-of-nothing", post("Upload-Concat: final;")),
                Scenario.of("final-without-list", post("Upload-Concat: final")),
                Scenario.of("concat-other-value", post("Upload-Concat: first", "Upload-Length: 5")),
                Scenario.of(
                        "concat-in-capitals", post("Upload-Concat: PARTIAL", "Upload-Length: 5")),
                Scenario.of(
                        "final-of-deleted",
                        PARTIAL_A,
                        delete("{1}"),
                        post("Upload-Concat: final;{1}")),
                Scenario.of(
                        "final-over-max-size",
                        post("Upload-Concat: partial", "Upload-Length: 600000"),
                        post("Upload-Concat: final;{1} {1}")),
                Scenario.of(
                        "final-with-bytes",
                        PARTIAL_A,
                        request("POST", "/files", "Upload-Concat: final;{1}")
                                .with(Step.UPLOAD_BYTES)
                                .sending("hello")));
    }
}
