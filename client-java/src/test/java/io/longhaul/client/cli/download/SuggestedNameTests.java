package io.longhaul.client.cli.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SuggestedNameTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment; filename=\"a b.txt\" | a b.txt",
                "attachment; filename=a.txt; size=3 | a.txt",
                "attachment; filename=\"x\"; filename*=UTF-8''%C3%BC%2B.txt | ü+.txt",
                "inline; filename=\"a\\\"b.txt\" | a_b.txt"
            })
    void readsContentDisposition(String header, String name) {
        assertThat(SuggestedName.inDisposition(header)).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "..\\..\\boot.ini, boot.ini",
        ".bashrc, bashrc",
        "a:b?.txt, a_b_.txt",
        "/files/0123, 0123"
    })
    void staysInTheWorkingDirectory(String path, String name) {
        assertThat(SuggestedName.safe(path)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "..", "/files/.."})
    void hasNoNameWhereNothingIsLeft(String path) {
        assertThat(SuggestedName.safe(path)).isEmpty();
    }

    @Test
    void cutsNamesThatNoFileSystemTakes() {
        assertThat(SuggestedName.safe("x".repeat(1000)).orElseThrow()).hasSize(200);
    }
}
