/**
 * What every command talks to: streams, environment, terminal, exit codes, and values as people
 * write them.
 */
@NullMarked
package io.longhaul.client.cli.shell;

import org.jspecify.annotations.NullMarked;
