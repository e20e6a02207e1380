/**
 * From a fused kernel to JVM bytecode: one class whose {@link dev.weft.kernels.jvm.tile.TileCode}
 * runs the kernel's body over a cache-sized tile. Start from {@link
 * dev.weft.kernels.jvm.BytecodeRenderer}; {@code loop} is what both loops have in common, {@code
 * scalar} and {@code vector} write one each, {@code tile} defines and runs the result. Names the
 * Vector API only by string, so that the module compiles and runs without it. Knows nothing of
 * chunks, strides, threads or reductions.
 */
@NullMarked
package dev.weft.kernels.jvm;

import org.jspecify.annotations.NullMarked;
