/** What the bench asks of a tus endpoint, and the check of each answer. */
@NullMarked
package io.longhaul.client.cli.bench.tus;

import org.jspecify.annotations.NullMarked;
