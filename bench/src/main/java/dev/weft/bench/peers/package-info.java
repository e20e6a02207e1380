/**
 * The Java side of {@code bench/peers/compare}: a worker process that computes the same workloads
 * with Weft, plain loops, parallel streams or ND4J. The protocol is in {@code
 * bench/peers/README.md}.
 */
@NullMarked
package dev.weft.bench.peers;

import org.jspecify.annotations.NullMarked;
