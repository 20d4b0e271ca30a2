/** The hot paths by themselves, measured by JMH. */
@NullMarked
package io.longhaul.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
