/**
 * CUDA without a GPU: the text that NVRTC would get is compiled by the machine's C++ compiler under
 * a header that stands for CUDA, and runs on the host. Start from {@link
 * dev.weft.gpu.emulate.EmulatedDevice}.
 */
@NullMarked
package dev.weft.gpu.emulate;

import org.jspecify.annotations.NullMarked;
