/**
 * From a kernel to CUDA C text, and from a launch to the grids and argument words with which the
 * text's entry points are called. Start from {@link dev.weft.kernels.cuda.CudaRenderer} and {@link
 * dev.weft.kernels.cuda.CudaLaunch}.
 *
 * <p>Pure: knows no driver and no device. Shapes, strides, addresses and scalars are words of the
 * launch, so one compiled text serves every chunk. Hand-written CUDA C is in the resources beside
 * the classes.
 */
@NullMarked
package dev.weft.kernels.cuda;

import org.jspecify.annotations.NullMarked;
