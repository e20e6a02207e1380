/**
 * Launches of fused kernels: {@link dev.weft.cpu.fused.FusedLaunch} chooses between elementwise
 * results, reductions cell by cell and reductions of neighbouring columns, and cuts them into
 * pieces. Start there.
 */
@NullMarked
package dev.weft.cpu.fused;

import org.jspecify.annotations.NullMarked;
