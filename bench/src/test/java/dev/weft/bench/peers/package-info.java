/** Tests of the Java systems of {@code bench/peers}. */
@NullMarked
package dev.weft.bench.peers;

import org.jspecify.annotations.NullMarked;
