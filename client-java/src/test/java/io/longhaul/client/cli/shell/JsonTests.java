package io.longhaul.client.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonTests {

    @Test
    void writesOneLine() {
        var object = new LinkedHashMap<String, Object>();
        object.put("text", "a \"b\"\n\u001bü");
        object.put("count", 1L << 40);
        object.put("share", 0.5);
        object.put("yes", true);
        object.put("list", List.of("a", 1));
        object.put("map", Map.of("key", "value"));
        assertThat(Json.line(object))
                .isEqualTo(
                        "{\"text\":\"a \\\"b\\\"\\n\\u001Bü\",\"count\":1099511627776,"
                                + "\"share\":0.5,\"yes\":true,\"list\":[\"a\",1],"
                                + "\"map\":{\"key\":\"value\"}}");
    }

    @Test
    void leavesOutWhatIsAbsent() {
        assertThat(Json.line(Map.of("absent", Optional.empty()))).isEqualTo("{}");
        assertThat(Json.line(Map.of("present", Optional.of(1)))).isEqualTo("{\"present\":1}");
    }

    @Test
    void writesPathAsText() {
        assertThat(Json.line(Map.of("path", Path.of("a", "b")))).contains("b\"}");
    }
}
