package io.longhaul.client.cli.bench.tus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTests {

    private final Endpoint endpoint = endpoint("https://Uploads.example.org:8443/v1/files/");

    @Test
    void takesRelativeLocations() throws IOException {
        assertThat(endpoint.target("/v1/files/a?b=c")).isEqualTo("/v1/files/a?b=c");
        assertThat(endpoint.target("a")).isEqualTo("/v1/files/a");
        assertThat(endpoint.target("../a")).isEqualTo("/v1/a");
    }

    @Test
    void takesAbsoluteLocationsAtTheSameOrigin() throws IOException {
        assertThat(endpoint.target("https://uploads.example.org:8443/x/y?z")).isEqualTo("/x/y?z");
        assertThat(endpoint.target("//uploads.example.org:8443/x")).isEqualTo("/x");
    }

    @Test
    void refusesLocationsElsewhere() {
        for (String location :
                List.of(
                        "http://uploads.example.org:8443/a",
                        "https://uploads.example.org/a",
                        "https://other.example.org:8443/a",
                        "//other.example.org:8443/a")) {
            assertThatThrownBy(() -> endpoint.target(location))
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessageContaining(location)
                    .hasMessageContaining("uploads.example.org:8443");
        }
    }

    @Test
    void refusesLocationsThatAreNoUrls() {
        assertThatThrownBy(() -> endpoint.target("a b"))
                .isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void namesTheHostAndFurtherHeaders() {
        Endpoint withHeaders =
                Endpoint.of(URI.create("http://localhost:80"), List.of("Authorization: Bearer x"));
        assertThat(withHeaders.headers())
                .isEqualTo("Host: localhost\r\nAuthorization: Bearer x\r\n");
        assertThat(withHeaders.target()).isEqualTo("/");
    }

    @Test
    void refusesHeadersThatAreNone() {
        URI url = URI.create("http://localhost");
        for (String header : List.of("Authorization", ": x", "A: b\r\nC: d")) {
            assertThatThrownBy(() -> Endpoint.of(url, List.of(header)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesOtherUrls() {
        for (String url : List.of("ftp://localhost/", "localhost:8080", "/files")) {
            assertThatThrownBy(() -> endpoint(url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(url);
        }
    }

    private static Endpoint endpoint(String url) {
        return Endpoint.of(URI.create(url), List.of());
    }
}
