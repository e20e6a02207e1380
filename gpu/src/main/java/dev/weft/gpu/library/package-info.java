/**
 * Finds NVIDIA's shared libraries, NVRTC and cuBLAS, which do not come with the driver. Where was
 * looked, what was found there and what to install are values that {@code weft devices} shows.
 */
@NullMarked
package dev.weft.gpu.library;

import org.jspecify.annotations.NullMarked;
