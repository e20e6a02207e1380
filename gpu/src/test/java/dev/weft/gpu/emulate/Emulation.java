package dev.weft.gpu.emulate;

import dev.weft.core.device.Device;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Param.Distribution;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import dev.weft.testkit.conformance.RowKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the tests under emulation share: the compiler, and kernels compiled once for all. */
public final class Emulation {
  /** The reason that a report shows where there is no compiler. */
  static final String NOT_RUN = "not run: no C++ compiler (g++, c++ or clang++) on the path";

  private static final Optional<HostCompiler> COMPILER = HostCompiler.find();
  private static final Optional<HostKernels> KERNELS = COMPILER.map(HostKernels::new);

  private Emulation() {}

  /** Whether the tests can run. */
  static boolean hasCompiler() {
    return COMPILER.isPresent();
  }

  static HostKernels kernels() {
    return KERNELS.orElseThrow();
  }

  static Device device(int blocks) {
    return new EmulatedDevice(kernels(), blocks);
  }

  /** The kernels of the conformance suites. */
  public static List<Kernel> conformance() {
    List<Kernel> kernels = new ArrayList<>();
    for (ElementwiseOp row : ElementwiseOps.withInternal()) {
      for (DType dtype : DType.computable()) {
        row(row, dtype).ifPresent(kernels::add);
      }
    }
    for (DType from : DType.computable()) {
      for (DType to : DType.computable()) {
        kernels.add(RowKernel.conversion(from, to).kernel());
      }
    }
    for (DType dtype : DType.computable()) {
      for (Reduction reduction : Reduction.values()) {
        if (reduction.accepts(dtype)) {
          kernels.add(one(new Param.Buffer(dtype), new Sink.Reduce(0, reduction, dtype)));
        }
      }
      for (Routine routine : Routine.values()) {
        if (routine == Routine.GATHER || dtype != DType.FLOAT16) {
          kernels.add(new LibraryKernel(routine, dtype));
        }
      }
    }
    for (Distribution distribution : Distribution.values()) {
      boolean bits = distribution == Distribution.BITS;
      for (DType dtype : bits ? List.of(DType.INT64) : List.of(DType.FLOAT32, DType.FLOAT64)) {
        kernels.add(one(new Param.Random(distribution, dtype), new Sink.Store(0, dtype)));
      }
    }
    kernels.add(one(new Param.Index(), new Sink.Store(0, DType.INT64)));
    return kernels;
  }

  private static Optional<Kernel> row(ElementwiseOp row, DType dtype) {
    try {
      return Optional.of(RowKernel.of(row, dtype).kernel());
    } catch (UsageException notAccepted) {
      return Optional.empty();
    }
  }

  private static FusedKernel one(Param param, Sink sink) {
    return new FusedKernel(
        List.of(param), 0, List.of(new SsaValue.Load(0, param.dtype())), List.of(sink));
  }
}
