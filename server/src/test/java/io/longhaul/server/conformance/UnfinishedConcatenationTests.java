package io.longhaul.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawResponse;
import io.longhaul.server.testing.TusTranscript;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Final uploads of partial ones that are not complete yet (tus 1.0.0, Concatenation). */
final class UnfinishedConcatenationTests extends TusTranscript {

    UnfinishedConcatenationTests() {
        super("longhaul.max-size=1000B");
    }

    private String partial(String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Upload-Concat: partial";
        return create(all);
    }

    private String concatenated(String... partials) throws IOException {
        return create("Upload-Concat: final;" + String.join(" ", partials));
    }

    @Test
    void completesWithTheLastOfItsPartialUploads() throws IOException {
        String first = partial("Upload-Length: 3");
        String second = partial("Upload-Length: 2");
        String path = concatenated(first, second);

        append(second, 0, "de");
        RawResponse waiting = exchange("HEAD", path);
        append(first, 0, "ab");
        append(first, 2, "c");
        RawResponse complete = exchange("HEAD", path);

        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.header("Upload-Offset")).isNull();
        assertThat(waiting.required("Upload-Length")).isEqualTo("5");
        assertThat(complete.required("Upload-Offset")).isEqualTo("5");
        assertThat(text(path)).isEqualTo("abcde");
    }

    @Test
    void isIncompleteForReadersUntilThen() throws IOException {
        String path = concatenated(partial("Upload-Length: 3"));

        RawResponse response = exchange("GET", path);

        assertThat(response.status()).isEqualTo(409);
        assertThat(response.text()).startsWith("upload-incomplete");
        assertThat(append(path, 0, "abc").status()).isEqualTo(403);
    }

    @Test
    void learnsItsLengthFromPartialUploadsThatDeferredTheirs() throws IOException {
        String first = partial("Upload-Defer-Length: 1");
        String second = partial("Upload-Length: 2");
        String path = concatenated(first, second);
        append(second, 0, "de");
        append(first, 0, "ab");

        RawResponse waiting = exchange("HEAD", path);
        append(first, 2, "c", "Upload-Length: 3");
        RawResponse complete = exchange("HEAD", path);

        assertThat(waiting.header("Upload-Length")).isNull();
        assertThat(waiting.header("Upload-Defer-Length")).isNull();
        assertThat(waiting.header("Upload-Offset")).isNull();
        assertThat(complete.required("Upload-Length")).isEqualTo("5");
        assertThat(text(path)).isEqualTo("abcde");
    }

    @Test
    void completesAfterARestartOfTheServer() throws IOException {
        String first = partial("Upload-Length: 3");
        String second = partial("Upload-Length: 2");
        append(first, 0, "abc");
        String path = concatenated(first, second, first);

        restart();
        append(second, 0, "de");

        assertThat(text(path)).isEqualTo("abcdeabc");
    }

    @Test
    void isGoneWhenAPartialUploadEndsBefore() throws IOException {
        String first = partial("Upload-Length: 3");
        String second = partial("Upload-Length: 2");
        String path = concatenated(first, second);

        exchange("DELETE", first);

        assertThat(exchange("HEAD", path).status()).isEqualTo(410);
        assertThat(exchange("GET", path).status()).isEqualTo(410);
        assertThat(append(path, 0, "x").status()).isEqualTo(410);
    }

    @Test
    void readersAreToldSoFirstAsWell() throws IOException {
        String first = partial("Upload-Length: 3");
        String path = concatenated(first);
        exchange("DELETE", first);

        RawResponse response = exchange("GET", path);

        assertThat(response.status()).isEqualTo(410);
        assertThat(response.text()).startsWith("upload-rejected");
    }

    @Test
    void itsFailureIsNotThatOfItsPartialUploads() throws IOException {
        String first = partial("Upload-Length: 3");
        String second = partial("Upload-Length: 2");
        String path = concatenated(first, second);
        exchange("DELETE", first);

        RawResponse response = append(second, 0, "de");

        assertThat(response.status()).isEqualTo(204);
        assertThat(text(second)).isEqualTo("de");
        assertThat(exchange("HEAD", path).status()).isEqualTo(410);
    }

    @Test
    void isGoneWhenItTurnsOutToBeLargerThanAllowed() throws IOException {
        String first = partial("Upload-Defer-Length: 1");
        String path = concatenated(first, first);
        byte[] bytes = TestBytes.random(1, 600);

        RawResponse last = append(first, 0, bytes, "Upload-Length: 600");

        assertThat(last.status()).isEqualTo(204);
        assertThat(content(first)).isEqualTo(bytes);
        assertThat(exchange("HEAD", path).status()).isEqualTo(410);
    }

    @Test
    void canBeTerminatedBefore() throws IOException {
        String first = partial("Upload-Length: 3");
        String path = concatenated(first);

        assertThat(exchange("DELETE", path).status()).isEqualTo(204);

        assertThat(append(first, 0, "abc").status()).isEqualTo(204);
        assertThat(text(first)).isEqualTo("abc");
        assertThat(exchange("HEAD", path).status()).isEqualTo(410);
    }
}
