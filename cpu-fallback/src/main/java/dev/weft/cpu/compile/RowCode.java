package dev.weft.cpu.compile;

import dev.weft.core.device.CompiledKernel;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.RowProgram;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A row program of the CPU device: the code of each of its kernels.
 *
 * @param kernel as it was given
 * @param program what runs: expensive values are kept that several kernels compute
 * @param parts the code of its steps
 * @param cacheBytes of the second cache of a core
 */
public record RowCode(Kernel kernel, RowProgram program, List<FusedCode> parts, long cacheBytes)
    implements CompiledKernel {

  /** A program whose kernels {@code compiler} makes. */
  public static RowCode of(
      RowProgram given, Function<FusedKernel, FusedCode> compiler, long cacheBytes) {
    RowProgram program = RepeatedValues.keep(given);
    List<FusedCode> parts =
        program.steps().stream().map(step -> compiler.apply(step.kernel())).toList();
    return new RowCode(given, program, parts, cacheBytes);
  }

  @Override
  public String source() {
    String code = parts.stream().map(FusedCode::source).collect(Collectors.joining("\n"));
    return program.equals(kernel)
        ? code
        : "// what several steps compute is kept:\n" + program + "\n" + code;
  }
}
