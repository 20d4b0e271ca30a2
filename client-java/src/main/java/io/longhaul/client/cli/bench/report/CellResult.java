package io.longhaul.client.cli.bench.report;

import io.longhaul.client.cli.bench.cell.Basis;
import java.util.List;

/** What one cell measured, with a result for each endpoint in their order. */
public record CellResult(String name, Basis basis, List<EndpointResult> endpoints) {}
