/**
 * Programs of npbench in Weft's public API, which {@code bench/npbench/compare} measures; see its
 * README.
 */
@NullMarked
package dev.weft.bench.npbench;

import org.jspecify.annotations.NullMarked;
