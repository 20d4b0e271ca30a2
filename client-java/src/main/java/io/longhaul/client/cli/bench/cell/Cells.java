package io.longhaul.client.cli.bench.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All cells, by name. */
public final class Cells {

    private static final int[] CONCURRENCIES = {1, 8, 64};
    private static final int HEAD_CONNECTIONS = 8;

    private final List<Cell> all;

    /**
     * Of the default sizes.
     *
     * @param connections how many connections the parallel bulk upload has
     */
    public Cells(int connections) {
        List<Cell> cells = new ArrayList<>();
        Stream.of(1, connections).distinct().map(BulkCell::new).forEach(cells::add);
        cells.add(new ChunkedCell(false));
        cells.add(new ChunkedCell(true));
        for (boolean withUpload : new boolean[] {false, true}) {
            for (int concurrency : CONCURRENCIES) {
                cells.add(new SmallCell(concurrency, withUpload));
            }
        }
        cells.add(new HeadCell(HEAD_CONNECTIONS));
        cells.add(new TrickleCell());
        cells.add(new DownloadCell());
        all = List.copyOf(cells);
    }

    public List<Cell> all() {
        return all;
    }

    /**
     * Those with one of these names; a name without its number means all of its kind.
     *
     * @throws IllegalArgumentException when a name means none
     */
    public List<Cell> named(List<String> names) {
        for (String name : names) {
            if (all.stream().noneMatch(cell -> isMeant(cell, name))) {
                throw new IllegalArgumentException(
                        "no cell is named %s; there are %s".formatted(name, names()));
            }
        }
        return all.stream()
                .filter(cell -> names.stream().anyMatch(name -> isMeant(cell, name)))
                .toList();
    }

    /** Whether a cell needs thousands of connections. */
    public static boolean isTrickling(Cell cell) {
        return cell instanceof TrickleCell;
    }

    private String names() {
        return all.stream().map(Cell::name).collect(Collectors.joining(", "));
    }

    private static boolean isMeant(Cell cell, String name) {
        return cell.name().equals(name) || cell.name().matches("\\Q" + name + "\\E-\\d+");
    }
}
