package io.longhaul.client.cli.bench.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhaul.client.cli.bench.tus.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CellsTests {

    private static final Amount AMOUNT = new Amount(1000, Duration.ofSeconds(1), 10);

    private final Cells cells = new Cells(4);

    @Test
    void namesOneCellOrAllOfAKind() {
        assertThat(names("small-8", "bulk", "head"))
                .containsExactly("bulk-1", "bulk-4", "small-8", "head");
    }

    @Test
    void doesNotTakeTheBeginningOfANameForAKind() {
        assertThat(names("small")).containsExactly("small-1", "small-8", "small-64");
        assertThatThrownBy(() -> cells.named(List.of("smal")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smal;")
                .hasMessageContaining("with-upload-64");
    }

    @Test
    void hasOneBulkCellWhenOneConnectionIsAsked() {
        assertThat(new Cells(1).all()).extracting(Cell::name).containsOnlyOnce("bulk-1");
    }

    @Test
    void leavesOutWhatIsNotOffered() {
        Offer offer = new Offer(Set.of("creation"), Set.of(), -1);
        assertThat(obstructed(offer))
                .containsExactly("checksum", "with-upload-1", "with-upload-8", "with-upload-64");
    }

    @Test
    void leavesOutChecksumsOfOtherAlgorithms() {
        Offer offer = new Offer(Set.of("creation", "checksum"), Set.of("md5"), -1);
        assertThat(obstructed(offer)).contains("checksum");
    }

    @Test
    void leavesOutWhatIsLongerThanMaxSize() {
        Set<String> all = Set.of("creation", "creation-with-upload", "checksum");
        assertThat(obstructed(new Offer(all, Set.of("sha1"), 999)))
                .containsExactlyElementsOf(cells.all().stream().map(Cell::name).toList());
        assertThat(obstructed(new Offer(all, Set.of("sha1"), 1 << 20))).isEmpty();
    }

    private List<String> names(String... names) {
        return cells.named(List.of(names)).stream().map(Cell::name).toList();
    }

    private List<String> obstructed(Offer offer) {
        return cells.all().stream()
                .filter(cell -> cell.obstacle(offer, AMOUNT).isPresent())
                .map(Cell::name)
                .toList();
    }
}
