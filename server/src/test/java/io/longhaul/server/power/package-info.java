/**
 * Power cuts without a switch: a traced server's file operations, replayed into what a disk could
 * have kept at any moment, and opened by the product's own code.
 */
@NullMarked
package io.longhaul.server.power;

import org.jspecify.annotations.NullMarked;
