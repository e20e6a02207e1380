package dev.weft.kernels.cuda;

import dev.weft.core.kernel.Kernel;
import java.util.List;

/**
 * A kernel as CUDA C text: what NVRTC compiles with {@link #OPTIONS}.
 *
 * @param kernel what was rendered
 * @param name begins the names of the entry points
 * @param source the whole text; needs no header
 * @param entryPoints the {@code extern "C"} functions
 */
public record CudaKernel(Kernel kernel, String name, String source, List<EntryPoint> entryPoints) {
  /**
   * Options without which results differ from those of the CPU: products and sums are not
   * contracted to fused multiply-add.
   */
  public static final List<String> OPTIONS = List.of("--std=c++17", "--fmad=false");

  /** Copies the list. */
  public CudaKernel {
    entryPoints = List.copyOf(entryPoints);
  }

  /**
   * A function that can be launched. It takes one argument: the words of {@link CudaLaunch.Step}.
   *
   * @param name as in the text
   * @param synchronizes whether threads of a block wait for each other
   */
  public record EntryPoint(String name, boolean synchronizes) {}
}
