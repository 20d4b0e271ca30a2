package io.longhaul.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.TestServer;
import io.longhaul.server.testing.TusJavaServer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This server and tus-java-server answer every scenario alike, but for the differences that
 * docs/protocols/differences.md lists with what decides them.
 */
class DifferentialTests {

    private static final long MAX_SIZE = 1_000_000;
    private static final Duration EXPIRY = Duration.ofDays(7);
    private static final Map<Scenario, List<Difference>> FOUND = new LinkedHashMap<>();

    private static TestServer ours;
    private static TusJavaServer theirs;

    @BeforeAll
    static void playEverything() throws Exception {
        theirs = TusJavaServer.start(MAX_SIZE, EXPIRY);
        ours =
                TestServer.start(
                        "longhaul.max-size=%dB".formatted(MAX_SIZE),
                        "longhaul.expiry=%dd".formatted(EXPIRY.toDays()));
        for (Scenario scenario : scenarios().toList()) {
            FOUND.put(
                    scenario,
                    Difference.between(
                            scenario,
                            Peer.play(scenario, ours.port()),
                            Peer.play(scenario, theirs.port())));
        }
    }

    @AfterAll
    static void stop() {
        ours.close();
        theirs.close();
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(CreationScenarios.all(), CoreScenarios.all(), ExtensionScenarios.all())
                .flatMap(scenarios -> scenarios);
    }

    static List<ListedDifferences.Listed> listed() throws IOException {
        return ListedDifferences.read();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyDifferenceIsListed(Scenario scenario) throws IOException {
        List<ListedDifferences.Listed> listed = listed();

        assertThat(FOUND.get(scenario))
                .filteredOn(found -> listed.stream().noneMatch(row -> row.covers(found)))
                .as("differences that docs/protocols/differences.md does not list")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("listed")
    void everyListedDifferenceStillOccurs(ListedDifferences.Listed row) {
        assertThat(FOUND.values().stream().flatMap(List::stream)).anyMatch(row::covers);
    }

    @Test
    void scenariosHaveNamesOfTheirOwn() {
        assertThat(scenarios().map(Scenario::name)).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    }
}
