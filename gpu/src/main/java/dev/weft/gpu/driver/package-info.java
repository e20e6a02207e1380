/**
 * NVIDIA's driver, NVRTC and cuBLAS by way of JCuda, which is named in this package only. JCuda's
 * classes load native libraries when they are first touched; here that is tried and answered, so
 * that nothing outside sees an error for a machine without a driver.
 */
@NullMarked
package dev.weft.gpu.driver;

import org.jspecify.annotations.NullMarked;
