/** Several servers on one store: real processes behind a balancer, with faults between them. */
@NullMarked
package io.longhaul.server.cluster;

import org.jspecify.annotations.NullMarked;
