/**
 * Random numbers by counter: the number at an index depends on seed, stream and index only.
 *
 * <p>Start from {@link dev.weft.cpu.random.TileRandom}. The generator is Philox4x32-10 (Salmon et
 * al., "Parallel random numbers: as easy as 1, 2, 3", 2011). All forms, scalar or vector, give the
 * same bits, also for normal numbers: those use +, −, ×, ÷, square root, fma and bit operations
 * only.
 */
@NullMarked
package dev.weft.cpu.random;

import org.jspecify.annotations.NullMarked;
