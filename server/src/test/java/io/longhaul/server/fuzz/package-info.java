/**
 * Coverage-guided fuzzing: targets that Jazzer runs in a process of its own, what they check
 * against, and the tests that run them.
 */
@NullMarked
package io.longhaul.server.fuzz;

import org.jspecify.annotations.NullMarked;
