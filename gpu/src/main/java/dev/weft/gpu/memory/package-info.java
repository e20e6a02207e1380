/**
 * Memory of a GPU and pinned memory of the host, kept for reuse and accounted to the byte. Start
 * from {@link dev.weft.gpu.memory.DevicePool}.
 */
@NullMarked
package dev.weft.gpu.memory;

import org.jspecify.annotations.NullMarked;
