/**
 * Copies of blocks between memory of the host and of a GPU, piece by piece through pinned memory.
 * Start from {@link dev.weft.gpu.copy.BlockCopies}.
 */
@NullMarked
package dev.weft.gpu.copy;

import org.jspecify.annotations.NullMarked;
