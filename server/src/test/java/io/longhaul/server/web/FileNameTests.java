package io.longhaul.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.UploadMetadata;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTests {

    private static String name(String filename) {
        return FileName.of(FakeContent.metadata(Map.of("filename", filename))).value();
    }

    private static String disposition(String filename) {
        return new FileName(filename).disposition("attachment");
    }

    @Test
    void usesFilenameThenName() {
        assertThat(name("a.txt")).isEqualTo("a.txt");
        assertThat(FileName.of(FakeContent.metadata(Map.of("name", "b.txt"))).value())
                .isEqualTo("b.txt");
        assertThat(FileName.of(FakeContent.metadata(Map.of("name", "b", "filename", "a"))).value())
                .isEqualTo("a");
        assertThat(FileName.of(FakeContent.metadata(Map.of("name", "b", "filename", "x/"))).value())
                .isEqualTo("b");
    }

    @Test
    void hasNoNameWhenTheMetadataHasNone() {
        assertThat(FileName.of(UploadMetadata.NONE).value()).isEmpty();
        assertThat(FileName.of(UploadMetadata.parse("filename /w==")).value()).isEmpty();
        assertThat(FileName.of(UploadMetadata.NONE).disposition("attachment"))
                .isEqualTo("attachment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/a.txt", "..\\..\\a.txt", "C:\\x\\a.txt", "a/b\\a.txt", " a.txt "})
    void keepsTheLastPathSegment(String filename) {
        assertThat(name(filename)).isEqualTo("a.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/..", "a/", "\\", "\0", "  ", "\u202e"})
    void refusesNamesThatNameNoFile(String filename) {
        assertThat(name(filename)).isEmpty();
    }

    /** Such metadata is accepted, so its content has to have a name. */
    @Test
    void readsNamesBehindTabs() {
        assertThat(FileName.of(UploadMetadata.parse("filename \tYQ==")).value()).isEqualTo("a");
    }

    @Test
    void dropsWhatCannotBeSeen() {
        assertThat(name("a\0b\r\nc\u0085d\u007f\u2028.txt")).isEqualTo("abcd.txt");
        assertThat(name("invoice\u202Efdp.exe")).isEqualTo("invoicefdp.exe");
        assertThat(name("\u2066a\u2069\u200f.txt")).isEqualTo("a.txt");
    }

    @Test
    void keepsJoinedEmoji() {
        String family = "👩\u200d👩\u200d👧.jpg";

        assertThat(name(family)).isEqualTo(family);
    }

    @Test
    void shortensLongNamesButKeepsTheExtension() {
        assertThat(name("a".repeat(300) + ".txt")).isEqualTo("a".repeat(251) + ".txt");
        assertThat(name("a".repeat(300))).isEqualTo("a".repeat(255));
        assertThat(name("a." + "b".repeat(300))).isEqualTo("a." + "b".repeat(253));
        assertThat(name("a".repeat(255))).hasSize(255);
        assertThat(name("a".repeat(254) + " b")).isEqualTo("a".repeat(254));
    }

    @Test
    void shortensBetweenCharacters() {
        String shortened = name("😀".repeat(100) + ".png");

        assertThat(shortened).isEqualTo("😀".repeat(62) + ".png");
        assertThat(shortened.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void plainNamesAreGivenOnce() {
        assertThat(disposition("a b (1); c=d'.txt"))
                .isEqualTo("attachment; filename=\"a b (1); c=d'.txt\"");
    }

    @Test
    void otherNamesAreGivenPlainAndInFull() {
        assertThat(disposition("naïve 😀.txt"))
                .isEqualTo(
                        "attachment; filename=\"na_ve _.txt\";"
                                + " filename*=UTF-8''na%C3%AFve%20%F0%9F%98%80.txt");
    }

    @Test
    void whatClientsReadDifferentlyIsGivenInFullOnly() {
        assertThat(disposition("50%41 \"x\" \\'()*.txt"))
                .isEqualTo(
                        "attachment; filename=\"50_41 _x_ _'()*.txt\";"
                                + " filename*=UTF-8''50%2541%20%22x%22%20%5C%27%28%29%2A.txt");
    }
}
