/** From a kernel to CUDA C text or JVM bytecode; nothing is loaded or run here. */
@NullMarked
package dev.weft.kernels;

import org.jspecify.annotations.NullMarked;
