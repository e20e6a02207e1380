/**
 * Tasks of a plan that run apart from the others: {@link dev.weft.core.slice.StageSlices} cuts the
 * tasks of a stage into slices that need nothing of each other, {@link
 * dev.weft.core.slice.SliceRun} runs one, with chunks that come from and go to a {@link
 * dev.weft.core.slice.ChunkExchange}.
 */
@NullMarked
package dev.weft.core.slice;

import org.jspecify.annotations.NullMarked;
