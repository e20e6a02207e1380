/**
 * What generated loops have in common: the {@link dev.weft.kernels.jvm.loop.TileBody} they compute,
 * the {@link dev.weft.kernels.jvm.loop.LoopFrame} around it, where their arguments lie, the
 * constants of their class, and the readable outline. Knows neither scalars nor vectors.
 */
@NullMarked
package dev.weft.kernels.jvm.loop;

import org.jspecify.annotations.NullMarked;
