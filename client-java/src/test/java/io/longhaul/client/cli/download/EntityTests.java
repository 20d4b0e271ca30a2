package io.longhaul.client.cli.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class EntityTests {

    private static final Entity ENTITY = new Entity(Optional.of("\"a\""), OptionalLong.of(100));

    @Test
    void trustsStrongValidatorsOnly() {
        assertThat(Entity.etag(headers(Map.of("ETag", "\"a\"")))).contains("\"a\"");
        assertThat(Entity.etag(headers(Map.of("ETag", "W/\"a\"")))).isEmpty();
        assertThat(Entity.etag(headers(Map.of("ETag", "a")))).isEmpty();
    }

    @Test
    void goesOnWithTheRestOfTheSame() {
        assertThat(continues("bytes 10-99/100", "\"a\"")).isTrue();
    }

    @Test
    void doesNotGoOnWithAnother() {
        assertThat(continues("bytes 10-99/100", "\"b\"")).isFalse();
        assertThat(continues("bytes 10-98/99", "\"a\"")).isFalse();
    }

    @Test
    void doesNotGoOnAtAnotherPlace() {
        assertThat(continues("bytes 9-99/100", "\"a\"")).isFalse();
        assertThat(continues("bytes 10-99/*", "\"a\"")).isFalse();
        assertThat(continues("", "\"a\"")).isFalse();
    }

    private static boolean continues(String range, String etag) {
        return ENTITY.isContinuedBy(headers(Map.of("Content-Range", range, "ETag", etag)), 10);
    }

    private static HttpHeaders headers(Map<String, String> headers) {
        var all = new java.util.HashMap<String, List<String>>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return HttpHeaders.of(all, (name, value) -> true);
    }
}
