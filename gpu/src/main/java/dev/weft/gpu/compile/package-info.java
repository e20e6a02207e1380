/**
 * From CUDA C to machine code for one GPU: NVRTC behind an interface, and the cubins that it made,
 * kept in memory and in the user's cache folder. Nothing here needs a GPU or a driver.
 */
@NullMarked
package dev.weft.gpu.compile;

import org.jspecify.annotations.NullMarked;
