/** Tests of the programs of npbench, against plain loops. */
@NullMarked
package dev.weft.bench.npbench;

import org.jspecify.annotations.NullMarked;
