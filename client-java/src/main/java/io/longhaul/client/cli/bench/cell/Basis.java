package io.longhaul.client.cli.bench.cell;

/** What a cell counts: this decides the unit of its rate and what its cost is divided by. */
public enum Basis {
    BYTES("MiB/s", "CPU s/GiB"),
    UPLOADS("uploads/s", "CPU s/1000"),
    REQUESTS("requests/s", "CPU s/1000"),
    /** The rate is given, and the latency is what matters. */
    LATENCY("ms", "CPU s/s");

    private final String rateUnit;
    private final String costUnit;

    Basis(String rateUnit, String costUnit) {
        this.rateUnit = rateUnit;
        this.costUnit = costUnit;
    }

    public String rateUnit() {
        return rateUnit;
    }

    public String costUnit() {
        return costUnit;
    }
}
