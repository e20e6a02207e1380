/**
 * The device on one GPU: compiled kernels, launches, matrix products by cuBLAS, and the {@link
 * dev.weft.gpu.device.CudaDevice} that puts them together with memory and copies.
 */
@NullMarked
package dev.weft.gpu.device;

import org.jspecify.annotations.NullMarked;
