/**
 * Off-heap memory of the CPU device: raw addresses, and a pool of large blocks.
 *
 * <p>Start from {@link dev.weft.cpu.memory.BufferPool}. Kernels reach memory through {@link
 * dev.weft.cpu.memory.Memory#ALL}. The package knows nothing of arrays, dtypes or tasks.
 */
@NullMarked
package dev.weft.cpu.memory;

import org.jspecify.annotations.NullMarked;
