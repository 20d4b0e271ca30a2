package io.longhaul.client.cli.bench;

import io.longhaul.client.cli.bench.cell.Amount;
import io.longhaul.client.cli.bench.cell.Cell;
import java.time.Duration;
import java.util.List;

/** What is to be measured, and how much of it. */
record Plan(List<Cell> cells, Amount amount, int rounds, Duration warmUp, BeforeRound before) {}
