/**
 * CUDA devices. What is found on a machine, and why it can or cannot be used, is told as values:
 * without a driver, a device or a library nothing here throws, and Weft runs on the CPU.
 */
@NullMarked
package dev.weft.gpu;

import org.jspecify.annotations.NullMarked;
