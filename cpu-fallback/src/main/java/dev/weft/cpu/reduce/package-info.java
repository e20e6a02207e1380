/**
 * Reductions of tiles, in an order of additions that is part of the definition of the result.
 *
 * <p>A sequence r = 0 … R-1 is cut into blocks of 4,096 consecutive elements. Within a block, lane
 * l = r mod 64 adds up its elements in order, starting from the first one. The 64 lanes meet by
 * halves: lane l takes lane l + 32, then l + 16, + 8, + 4, + 2, + 1; lanes without an element are
 * left out. Blocks meet in a tree over their index: neighbours 2k and 2k + 1 are combined, an odd
 * last one moves up unchanged, until one is left. Every vector width, the scalar form, interpreter
 * and compiled code give the same bits; a NaN is always the one of {@code Double.NaN}.
 *
 * <p>Start from {@link dev.weft.cpu.reduce.BlockReducer}.
 */
@NullMarked
package dev.weft.cpu.reduce;

import org.jspecify.annotations.NullMarked;
