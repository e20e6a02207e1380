package dev.weft.cpu.routine;

import dev.weft.core.device.CompiledKernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.cpu.blas.Gemm;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A library routine of the CPU device; there is nothing to compile.
 *
 * @param kernel the routine
 * @param products matrix products of floating types, looked for at the first use; null when there
 *     are none here
 */
public record LibraryCode(LibraryKernel kernel, Supplier<@Nullable Gemm> products)
    implements CompiledKernel {
  @Override
  public String source() {
    return "// library routine " + kernel;
  }
}
