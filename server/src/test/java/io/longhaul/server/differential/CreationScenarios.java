package io.longhaul.server.differential;

import static io.longhaul.server.differential.Step.UPLOAD_BYTES;
import static io.longhaul.server.differential.Step.get;
import static io.longhaul.server.differential.Step.head;
import static io.longhaul.server.differential.Step.options;
import static io.longhaul.server.differential.Step.patch;
import static io.longhaul.server.differential.Step.post;
import static io.longhaul.server.differential.Step.postWith;
import static io.longhaul.server.differential.Step.request;

import java.util.List;
import java.util.stream.Stream;

/** OPTIONS, creation, its headers, and creation with upload. */
final class CreationScenarios {

    private static final String LARGE_VALUE = "YWJj".repeat(3_500);

    private CreationScenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(asking(), lengths(), metadata(), withUpload()).flatMap(List::stream);
    }

    private static List<Scenario> asking() {
        return List.of(
                Scenario.of("options", options("/files")),
                Scenario.of("options-other-version", options("/files", "Tus-Resumable: 0.2.2")),
                Scenario.of("options-upload", post("Upload-Length: 5"), options("{1}")),
                Scenario.of("options-unknown-upload", options("/files/unknown")));
    }

    private static List<Scenario> lengths() {
        return List.of(
                Scenario.of("create", post("Upload-Length: 5"), head("{1}")),
                Scenario.of(
                        "create-below-slash",
                        request("POST", "/files/", "Upload-Length: 5").sending("")),
                Scenario.of(
                        "create-below-upload",
                        post("Upload-Length: 5"),
                        request("POST", "{1}", "Upload-Length: 5").sending("")),
                Scenario.of("create-without-length", post()),
                Scenario.of(
                        "create-with-both-lengths",
                        post("Upload-Length: 5", "Upload-Defer-Length: 1")),
                Scenario.of("create-length-0", post("Upload-Length: 0"), head("{1}"), get("{1}")),
                Scenario.of(
                        "create-length-0-append",
                        post("Upload-Length: 0"),
                        patch("{1}", "0", ""),
                        get("{1}")),
                Scenario.of("create-max-size", post("Upload-Length: 1000000"), head("{1}")),
                Scenario.of("create-over-max-size", post("Upload-Length: 1000001")),
                Scenario.of("create-deferred", post("Upload-Defer-Length: 1"), head("{1}")),
                Scenario.of("create-deferred-0", post("Upload-Defer-Length: 0")),
                Scenario.of("create-deferred-2", post("Upload-Defer-Length: 2")),
                Scenario.of(
                        "deferred-length-later",
                        post("Upload-Defer-Length: 1"),
                        patch("{1}", "0", "he"),
                        head("{1}"),
                        patch("{1}", "2", "llo", "Upload-Length: 5"),
                        head("{1}"),
                        get("{1}")),
                Scenario.of(
                        "deferred-length-at-end",
                        post("Upload-Defer-Length: 1"),
                        patch("{1}", "0", "hello"),
                        patch("{1}", "5", "", "Upload-Length: 5"),
                        head("{1}"),
                        get("{1}")),
                Scenario.of(
                        "deferred-length-changed",
                        post("Upload-Defer-Length: 1"),
                        patch("{1}", "0", "he", "Upload-Length: 5"),
                        patch("{1}", "2", "llo!", "Upload-Length: 6"),
                        head("{1}")),
                Scenario.of(
                        "deferred-length-repeated",
                        post("Upload-Defer-Length: 1"),
                        patch("{1}", "0", "he", "Upload-Length: 5"),
                        patch("{1}", "2", "llo", "Upload-Length: 5")),
                Scenario.of(
                        "deferred-length-below-offset",
                        post("Upload-Defer-Length: 1"),
                        patch("{1}", "0", "hello"),
                        patch("{1}", "5", "", "Upload-Length: 3"),
                        head("{1}")),
                Scenario.of(
                        "deferred-length-below-bytes",
                        post("Upload-Defer-Length: 1"),
                        patch("{1}", "0", "hello", "Upload-Length: 3"),
                        head("{1}")),
                Scenario.of(
                        "deferred-length-over-max-size",
                        post("Upload-Defer-Length: 1"),
                        patch("{1}", "0", "he", "Upload-Length: 1000001"),
                        head("{1}")),
                Scenario.of(
                        "deferred-bytes-over-max-size",
                        post("Upload-Defer-Length: 1"),
                        patch("{1}", "0", "x".repeat(1_000_001)),
                        head("{1}")));
    }

    private static List<Scenario> metadata() {
        return List.of(
                Scenario.of(
                        "metadata",
                        with("filename d29ybGQucGRm,is_confidential"),
                        head("{1}"),
                        patch("{1}", "0", "hello"),
                        head("{1}")),
                Scenario.of("metadata-empty-value", with("filename ,note"), head("{1}")),
                Scenario.of("metadata-spaced", with("a YQ==, b Yg=="), head("{1}")),
                Scenario.of("metadata-unpadded", with("a YQ"), head("{1}")),
                Scenario.of("metadata-14-kb", with("big " + LARGE_VALUE), head("{1}")),
                Scenario.of("metadata-empty", with("")),
                Scenario.of("metadata-repeated-key", with("a YQ==,a Yg==")),
                Scenario.of("metadata-empty-key", with("a YQ==,,b Yg==")),
                Scenario.of("metadata-no-base64", with("a !!!")),
                Scenario.of("metadata-three-words", with("a YQ== Yg==")),
                Scenario.of("metadata-non-ascii-key", with("na\u00efve YQ==")),
                Scenario.of(
                        "metadata-header-repeated",
                        with("a YQ==").with("Upload-Metadata: b Yg=="),
                        head("{1}")));
    }

    private static Step with(String metadata) {
        return post("Upload-Length: 5", "Upload-Metadata: " + metadata);
    }

    private static List<Scenario> withUpload() {
        Step untyped = postWith("hello", "Upload-Length: 5").without("Content-Type");
        return List.of(
                Scenario.of(
                        "create-with-all-bytes",
                        postWith("hello", "Upload-Length: 5"),
                        head("{1}"),
                        get("{1}")),
                Scenario.of(
                        "create-with-some-bytes",
                        postWith("he", "Upload-Length: 5"),
                        head("{1}"),
                        patch("{1}", "2", "llo"),
                        get("{1}")),
                Scenario.of(
                        "create-with-chunked-bytes",
                        request("POST", "/files", "Upload-Length: 5", UPLOAD_BYTES)
                                .inOneChunk("hello"),
                        head("{1}")),
                Scenario.of(
                        "create-with-deferred-bytes",
                        postWith("he", "Upload-Defer-Length: 1"),
                        head("{1}")),
                Scenario.of("create-with-too-many-bytes", postWith("hello", "Upload-Length: 3")),
                Scenario.of("create-with-untyped-bytes", untyped),
                Scenario.of(
                        "create-with-other-type",
                        untyped.with("Content-Type: application/octet-stream")),
                Scenario.of(
                        "create-with-checksum",
                        postWith(
                                "hello",
                                "Upload-Length: 5",
                                "Upload-Checksum: sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00="),
                        head("{1}")),
                Scenario.of(
                        "create-with-wrong-checksum",
                        postWith(
                                "hullo",
                                "Upload-Length: 5",
                                "Upload-Checksum: sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=")),
                Scenario.of(
                        "create-expecting-continue",
                        postWith("hello", "Upload-Length: 5", "Expect: 100-continue")),
                Scenario.of("create-typed-without-bytes", post("Upload-Length: 5", UPLOAD_BYTES)));
    }
}
