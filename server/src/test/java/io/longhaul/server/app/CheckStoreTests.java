package io.longhaul.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.s3.FakeS3;
import io.longhaul.server.testing.s3.S3Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CheckStoreTests {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int check(String... settings) {
        List<String> args = new ArrayList<>(List.of("--check-store"));
        args.addAll(List.of(settings));
        return CheckStore.run(new PrintStream(printed, true, UTF_8), args.toArray(String[]::new));
    }

    private int check(FakeS3 store, String... more) {
        List<String> settings = new ArrayList<>();
        store.settings().forEach(setting -> settings.add("--" + setting));
        settings.addAll(List.of(more));
        return check(settings.toArray(String[]::new));
    }

    @Test
    void isContentWithAStoreThatDoesEverything() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT)) {
            assertThat(check(store)).isZero();
        }
        assertThat(printed.toString(UTF_8))
                .contains("This store is enough for longhaul.content=s3 with longhaul.catalog=s3.")
                .doesNotContain("hidden");
    }

    @Test
    void wantsADatabaseBesideAStoreThatIgnoresConditions() throws IOException {
        try (FakeS3 store = FakeS3.start(S3Rules.STRICT.withoutConditions())) {
            assertThat(check(store)).isOne();
            assertThat(
                            check(
                                    store,
                                    "--longhaul.catalog=postgresql",
                                    "--longhaul.postgresql.url=jdbc:postgresql:uploads"))
                    .isZero();
        }
    }

    @Test
    void hasNothingToCheckOnADisk() {
        assertThat(check()).isOne();
        assertThat(printed.toString(UTF_8)).contains("longhaul.content is disk");
    }
}
