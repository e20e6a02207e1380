package dev.weft.cpu.run;

import dev.weft.core.device.CompiledKernel;
import dev.weft.core.kernel.LibraryKernel;

/**
 * A library routine of the CPU device; there is nothing to compile.
 *
 * @param kernel the routine
 */
public record LibraryCode(LibraryKernel kernel) implements CompiledKernel {
  @Override
  public String source() {
    return "// library routine " + kernel;
  }
}
