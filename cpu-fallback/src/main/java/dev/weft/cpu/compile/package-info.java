/**
 * When and how kernels become tile code: {@link dev.weft.cpu.compile.TileKernel} is what is left of
 * a fused kernel for the generator, {@link dev.weft.cpu.compile.FusedCode} holds its compiled
 * variants, {@link dev.weft.cpu.compile.TieringPolicy} says when a variant turns from the scalar to
 * the vector loop. Must not know how the iteration space is walked.
 */
@NullMarked
package dev.weft.cpu.compile;

import org.jspecify.annotations.NullMarked;
