package dev.weft.core.reference;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Interpretation;

/** One launch of a library routine, by its definition. */
final class LibraryRun {
  private final LibraryKernel kernel;
  private final Arguments arguments;
  private final DType dtype;

  LibraryRun(LibraryKernel kernel, Arguments arguments) {
    this.kernel = kernel;
    this.arguments = arguments;
    this.dtype = kernel.dtype();
  }

  void run() {
    switch (kernel.routine()) {
      case MATMUL -> matmul();
      case GATHER -> Indices.forEach(arguments.extents(), this::gather);
      case CUMSUM -> scan(ElementwiseOps.ADD);
      case CUMPROD -> scan(ElementwiseOps.MULTIPLY);
    }
  }

  /** Products are summed in order of k, in float64 or int64, and rounded once. */
  private void matmul() {
    long m = arguments.extents()[0];
    long n = arguments.extents()[1];
    long k = arguments.extents()[2];
    DType wide = wide();
    Indices.forEach(
        new long[] {m, n},
        cell -> {
          Scalar sum = overwrites() ? zero(wide) : wide(output(cell), wide);
          for (long i = 0; i < k; i++) {
            Scalar a = wide(input(0, cell[0], i), wide);
            Scalar b = wide(input(1, i, cell[1]), wide);
            Scalar product = Interpretation.apply(ElementwiseOps.MULTIPLY, a, b);
            sum = Interpretation.apply(ElementwiseOps.ADD, sum, product);
          }
          store(Interpretation.convert(sum, dtype), cell);
        });
  }

  private void gather(long[] index) {
    Operand indices = arguments.inputs().get(1);
    long at =
        ElementMemory.load(
                ElementMemory.of(indices), ElementMemory.offset(indices, index), DType.INT64)
            .integer();
    store(input(0, index[0], at, index[2]), index);
  }

  /** Totals are float64 or int64, and rounded to the type where they are written. */
  private void scan(ElementwiseOp op) {
    long[] extents = arguments.extents();
    DType wide = wide();
    boolean continues = flag();
    Indices.forEach(
        new long[] {extents[0], extents[2]},
        column -> {
          Scalar total = continues ? wide(input(1, column[0], 0, column[1]), wide) : null;
          for (long r = 0; r < extents[1]; r++) {
            Scalar x = wide(input(0, column[0], r, column[1]), wide);
            total = total == null ? x : Interpretation.apply(op, total, x);
            store(Interpretation.convert(total, dtype), column[0], r, column[1]);
          }
        });
  }

  private DType wide() {
    return dtype.isFloating() ? DType.FLOAT64 : dtype == DType.BOOL ? dtype : DType.INT64;
  }

  private boolean overwrites() {
    return flag();
  }

  private boolean flag() {
    return arguments.scalars()[0] != 0;
  }

  private static Scalar zero(DType dtype) {
    return new Scalar(dtype, 0, 0);
  }

  private static Scalar wide(Scalar x, DType dtype) {
    return Interpretation.convert(x, dtype);
  }

  private Scalar input(int number, long... index) {
    Operand operand = arguments.inputs().get(number);
    return ElementMemory.load(
        ElementMemory.of(operand), ElementMemory.offset(operand, index), dtype);
  }

  private Scalar output(long... index) {
    Operand operand = arguments.outputs().getFirst();
    return ElementMemory.load(
        ElementMemory.of(operand), ElementMemory.offset(operand, index), dtype);
  }

  private void store(Scalar x, long... index) {
    Operand operand = arguments.outputs().getFirst();
    ElementMemory.store(ElementMemory.of(operand), ElementMemory.offset(operand, index), x);
  }
}
