/**
 * Matrix products on raw addresses: OpenBLAS where it is found, loops on the Vector API elsewhere.
 *
 * <p>Start from {@link dev.weft.cpu.blas.Gemm}. One call uses one thread; tasks run side by side.
 */
@NullMarked
package dev.weft.cpu.blas;

import org.jspecify.annotations.NullMarked;
