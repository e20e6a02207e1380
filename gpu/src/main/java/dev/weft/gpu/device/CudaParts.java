package dev.weft.gpu.device;

import dev.weft.gpu.LibraryChoice;
import dev.weft.gpu.blas.Cublas;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.driver.CudaDriver;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a {@link CudaDevice} is made of.
 *
 * @param driver of the GPU, not open yet
 * @param nvrtc the compiler
 * @param cublas the library for products, or why there is none
 * @param cubins the folder of compiled kernels
 * @param memoryLimit bytes that buffers may take together; less if the GPU has less
 * @param details further facts for people, such as the driver's version
 */
public record CudaParts(
    CudaDriver driver,
    Nvrtc nvrtc,
    LibraryChoice<Cublas> cublas,
    Path cubins,
    long memoryLimit,
    Map<String, String> details) {}
