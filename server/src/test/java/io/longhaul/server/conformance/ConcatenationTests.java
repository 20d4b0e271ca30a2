package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.OnDisk;
import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Final uploads of complete partial ones (tus 1.0.0, Concatenation). */
final class ConcatenationTests extends TusTranscript {

    ConcatenationTests() {
        super(STORED, "longhaul.max-size=1GB");
    }

    private String partial(String text) throws IOException {
        String path = create("Upload-Length: " + text.length(), "Upload-Concat: partial");
        if (!text.isEmpty()) {
            assertThat(append(path, 0, text).status()).isEqualTo(204);
        }
        return path;
    }

    private RawResponse concatenate(String list, String... headers) throws IOException {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Upload-Concat: final;" + list;
        all[1] = "Content-Length: 0";
        return exchange("POST", "/files", all);
    }

    private String concatenated(String... partials) throws IOException {
        RawResponse response = concatenate(String.join(" ", partials));
        assertThat(response.status()).as(response.toString()).isEqualTo(201);
        return response.required("Location");
    }

    private long bytesOnDisk() throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(server().data().resolve("content"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    @Test
    void joinsPartialUploadsInTheOrderGiven() throws IOException {
        String world = partial("world");
        String hello = partial("hello ");

        assertThat(text(concatenated(hello, world))).isEqualTo("hello world");
        assertThat(text(concatenated(world, hello))).isEqualTo("worldhello ");
    }

    @Test
    void usesAPartialUploadAsOftenAsItIsNamed() throws IOException {
        String ab = partial("ab");
        String c = partial("c");

        assertThat(text(concatenated(ab, c, ab, ab))).isEqualTo("abcabab");
    }

    @Test
    void joinsEmptyPartialUploads() throws IOException {
        String empty = partial("");

        assertThat(text(concatenated(empty, partial("x"), empty))).isEqualTo("x");
        assertThat(content(concatenated(empty, empty))).isEmpty();
    }

    @Test
    void headOfAFinalUploadTellsOffsetLengthAndTheListAsItWasSent() throws IOException {
        String list = partial("abc") + "  " + partial("de");
        String path = concatenate(list).required("Location");

        RawResponse head = exchange("HEAD", path);

        assertThat(head.required("Upload-Concat")).isEqualTo("final;" + list);
        assertThat(head.required("Upload-Offset")).isEqualTo("5");
        assertThat(head.required("Upload-Length")).isEqualTo("5");
        assertThat(head.header("Upload-Expires")).isNull();
    }

    @Test
    void headOfAPartialUploadSaysSo() throws IOException {
        String path = create("Upload-Length: 5", "Upload-Concat: partial");
        append(path, 0, "abc");

        RawResponse head = exchange("HEAD", path);

        assertThat(head.required("Upload-Concat")).isEqualTo("partial");
        assertThat(head.required("Upload-Offset")).isEqualTo("3");
        assertThat(exchange("HEAD", create("Upload-Length: 1")).header("Upload-Concat")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "https://localhost", "//localhost"})
    void understandsAbsoluteUrlsOfTheHostThatWasAsked(String origin) throws IOException {
        assertThat(text(concatenated(origin + partial("ab"), partial("cd")))).isEqualTo("abcd");
    }

    @Test
    void refusesUrlsOfAnotherHost() throws IOException {
        String partial = partial("ab");

        assertInvalidPartial("http://example.org" + partial);
        assertInvalidPartial("http://localhost:1" + partial);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "/files/../files/x",
                "/elsewhere/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "/files",
                "/files/%2e%2e",
                "mailto:x",
                "::",
                "/files/" + "a/b"
            })
    void refusesWhatNamesNoUpload(String url) throws IOException {
        assertInvalidPartial(partial("ab") + " " + url);
    }

    @Test
    void refusesPlainUploadsAndFinalOnesAsPartialOnes() throws IOException {
        String plain = create("Upload-Length: 2");
        append(plain, 0, "ab");
        String finalUpload = concatenated(partial("ab"));

        assertInvalidPartial(plain);
        assertInvalidPartial(finalUpload);
    }

    @Test
    void refusesAPartialUploadThatWasTerminated() throws IOException {
        String partial = partial("ab");
        exchange("DELETE", partial);

        assertInvalidPartial(partial);
    }

    private void assertInvalidPartial(String list) throws IOException {
        RawResponse response = concatenate(list);
        assertThat(response.status()).as(response.toString()).isEqualTo(400);
        assertThat(response.text()).startsWith("invalid-partial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"final;", "final; ", "final", "Partial", "partial;x", "other", ""})
    void refusesWhatIsNoConcatenation(String value) throws IOException {
        RawResponse response =
                exchange("POST", "/files", "Upload-Concat: " + value, "Content-Length: 0");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("invalid-concat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upload-Length: 2", "Upload-Defer-Length: 1"})
    void refusesALengthForAFinalUpload(String header) throws IOException {
        RawResponse response = concatenate(partial("ab"), header);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("length-conflict");
    }

    @Test
    void refusesABodyForAFinalUpload() throws IOException {
        RawResponse response =
                exchange(
                        "POST",
                        "/files",
                        new byte[2],
                        "Upload-Concat: final;" + partial("ab"),
                        "Content-Type: application/offset+octet-stream");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("final-upload");
    }

    @Test
    void refusesToAppendToAFinalUpload() throws IOException {
        String path = concatenated(partial("ab"));

        RawResponse response = append(path, 2, "c");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).startsWith("final-upload");
        assertThat(append(path, 0, "c").status()).isEqualTo(403);
        assertThat(text(path)).isEqualTo("ab");
    }

    @Test
    void refusesASumOverTheLargestSize() throws IOException {
        String half = create("Upload-Length: 600000000", "Upload-Concat: partial");

        assertThat(concatenate(half).status()).isEqualTo(201);
        RawResponse response = concatenate(half + " " + half);

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).startsWith("max-size-exceeded");
    }

    @Test
    void hasMetadataOfItsOwnOnly() throws IOException {
        String partial =
                create("Upload-Length: 0", "Upload-Concat: partial", "Upload-Metadata: a YQ==");
        String path = concatenated(partial);
        String named = concatenate(partial, "Upload-Metadata: b Yg==").required("Location");

        assertThat(exchange("HEAD", path).header("Upload-Metadata")).isNull();
        assertThat(exchange("HEAD", named).required("Upload-Metadata")).isEqualTo("b Yg==");
    }

    @Test
    void readsRangesAcrossTheBordersOfParts() throws IOException {
        String path = concatenated(partial("abc"), partial(""), partial("def"), partial("ghi"));

        assertThat(range(path, "bytes=1-7")).isEqualTo("bcdefgh");
        assertThat(range(path, "bytes=3-5")).isEqualTo("def");
        assertThat(range(path, "bytes=2-3")).isEqualTo("cd");
        assertThat(range(path, "bytes=-4")).isEqualTo("fghi");
        assertThat(range(path, "bytes=8-")).isEqualTo("i");
    }

    private String range(String path, String range) throws IOException {
        RawResponse response = exchange("GET", path, "Range: " + range);
        assertThat(response.status()).isEqualTo(206);
        return response.text();
    }

    @Test
    @OnDisk
    void staysReadableWhenItsPartialUploadsAreTerminatedAndFreesThemWithItself()
            throws IOException {
        String ab = partial("ab");
        String cd = partial("cd");
        String first = concatenated(ab, cd);
        String second = concatenated(cd);

        assertThat(exchange("DELETE", ab).status()).isEqualTo(204);
        assertThat(exchange("DELETE", cd).status()).isEqualTo(204);
        assertThat(exchange("GET", ab).status()).isEqualTo(410);
        assertThat(text(first)).isEqualTo("abcd");

        assertThat(exchange("DELETE", first).status()).isEqualTo(204);
        assertThat(contentFile(ab)).doesNotExist();
        assertThat(text(second)).isEqualTo("cd");

        assertThat(exchange("DELETE", second).status()).isEqualTo(204);
        assertThat(contentFile(cd)).doesNotExist();
    }

    @Test
    void partialUploadsOutliveTheirFinalOne() throws IOException {
        String ab = partial("ab");
        exchange("DELETE", concatenated(ab));

        assertThat(text(ab)).isEqualTo("ab");
        assertThat(text(concatenated(ab, ab))).isEqualTo("abab");
    }

    @Test
    @OnDisk
    void copiesNoBytes() throws IOException {
        byte[] bytes = TestBytes.random(1, 1 << 20);
        String partial = create("Upload-Length: " + bytes.length, "Upload-Concat: partial");
        append(partial, 0, bytes);
        long before = bytesOnDisk();

        String path =
                concatenate(String.join(" ", Collections.nCopies(100, partial)))
                        .required("Location");

        assertThat(exchange("HEAD", path).required("Upload-Offset")).isEqualTo("104857600");
        assertThat(bytesOnDisk()).isEqualTo(before);
        assertThat(exchange("GET", path, "Range: bytes=104857590-").body()).hasSize(10);
    }
}
