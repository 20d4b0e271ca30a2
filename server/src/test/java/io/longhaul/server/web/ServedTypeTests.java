package io.longhaul.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.upload.UploadMetadata;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedTypeTests {

    private static final ServedType UNKNOWN = new ServedType("application/octet-stream", false);

    private static ServedType type(String filetype) {
        return ServedType.of(FakeContent.metadata(Map.of("filetype", filetype)));
    }

    private static String policy(String filetype) {
        HttpFields.Mutable headers = HttpFields.build();
        type(filetype).addProtection(headers);
        assertThat(headers.get("X-Content-Type-Options")).isEqualTo("nosniff");
        return headers.get("Content-Security-Policy");
    }

    @Test
    void usesFiletypeThenType() {
        assertThat(type("image/png").value()).isEqualTo("image/png");
        assertThat(ServedType.of(FakeContent.metadata(Map.of("type", "image/gif"))).value())
                .isEqualTo("image/gif");
        assertThat(
                        ServedType.of(
                                        FakeContent.metadata(
                                                Map.of("type", "image/gif", "filetype", "?")))
                                .value())
                .isEqualTo("image/gif");
        assertThat(ServedType.of(UploadMetadata.NONE)).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "IMAGE/JPEG",
                "video/mp4; codecs=\"avc1, mp4a\"",
                "audio/ogg",
                "text/plain;charset=utf-8",
                "application/pdf"
            })
    void showsWhatIsSafe(String filetype) {
        assertThat(type(filetype)).isEqualTo(new ServedType(filetype, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/zip",
                "application/json",
                "text/csv",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            })
    void savesOthersUnderTheirType(String filetype) {
        assertThat(type(filetype)).isEqualTo(new ServedType(filetype, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "Text/HTML; charset=utf-8",
                "application/xhtml+xml",
                "image/svg+xml",
                "image/SVG+xml;x=y",
                "text/xml",
                "application/atom+xml",
                "video/x+xml",
                "text/javascript",
                "application/ecmascript",
                "text/css",
                "multipart/x-mixed-replace",
                "multipart/byteranges; boundary=x",
                "message/rfc822",
                "application/x-xpinstall",
                "application/x-x509-ca-cert"
            })
    void hidesTheTypeOfWhatABrowserRuns(String filetype) {
        assertThat(type(filetype)).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "image",
                "image/",
                "/png",
                "image/png/x",
                "image/png;",
                "image/png; x",
                "image/p ng",
                "image/png\r\nX: y",
                "image/png; a=\"b",
                "image/png; a=\"\u0001\"",
                "image/päng",
                "*/*",
                "image/*"
            })
    void servesWhatIsNoTypeAsBytes(String filetype) {
        assertThat(type(filetype)).isEqualTo(UNKNOWN);
    }

    @Test
    void servesTypesThatAreTooLongAsBytes() {
        assertThat(type("image/png; a=" + "b".repeat(300))).isEqualTo(UNKNOWN);
        assertThat(type("a/b" + "; a=b".repeat(10_000))).isEqualTo(UNKNOWN);
    }

    @Test
    void policiesLetABrowserShowWhatIsInline() {
        assertThat(policy("application/zip")).isEqualTo("sandbox; default-src 'none'");
        assertThat(policy("video/mp4")).contains("sandbox", "media-src 'self'");
        assertThat(policy("application/pdf"))
                .contains("default-src 'none'")
                .doesNotContain("sandbox");
    }
}
