package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.kernels.Expansion;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** What both loops are generated from: primitive values, and which of them stay the same. */
final class TileBody {
  private final Expansion expansion;
  private final BitSet uniform;
  private final boolean[] invariant;

  TileBody(Expansion expansion, BitSet uniform) {
    this.expansion = expansion;
    this.uniform = uniform;
    this.invariant = new boolean[values().size()];
    for (int i = 0; i < invariant.length; i++) {
      invariant[i] =
          switch (values().get(i)) {
            case SsaValue.Load load -> isUniform(load.param());
            case SsaValue.ScalarParam scalar -> true;
            case SsaValue.Convert convert -> invariant[convert.arg()];
            case SsaValue.Apply apply ->
                apply.args().stream().allMatch(argument -> invariant[argument]);
          };
    }
  }

  FusedKernel kernel() {
    return expansion.kernel();
  }

  List<SsaValue> values() {
    return expansion.kernel().body();
  }

  List<Sink> sinks() {
    return expansion.kernel().sinks();
  }

  List<Param> params() {
    return expansion.kernel().params();
  }

  DType dtype(int value) {
    return values().get(value).dtype();
  }

  boolean isUniform(int param) {
    return uniform.get(param);
  }

  /** Whether the value is the same for all elements of a tile, so that it is computed once. */
  boolean isInvariant(int value) {
    return invariant[value];
  }

  boolean isConstant(SsaValue.ScalarParam scalar) {
    return scalar.scalar() >= expansion.launchScalars();
  }

  Scalar constant(SsaValue.ScalarParam scalar) {
    return expansion.constants().get(scalar.scalar() - expansion.launchScalars());
  }

  int scalarArgument(SsaValue.ScalarParam scalar) {
    return params().size() + scalar.scalar();
  }

  int outputArgument(int sink) {
    return params().size() + expansion.launchScalars() + sink;
  }

  /** Whether a value of the loop loads {@code param}. */
  boolean isLoaded(int param) {
    return values().stream()
        .anyMatch(value -> value instanceof SsaValue.Load load && load.param() == param);
  }

  TileLayout layout(int lanes) {
    List<Integer> operands =
        IntStream.range(0, params().size())
            .mapToObj(p -> isUniform(p) ? 0 : params().get(p).dtype().itemSize())
            .toList();
    List<Integer> outputs = sinks().stream().map(sink -> dtype(sink.value()).itemSize()).toList();
    return new TileLayout(lanes, operands, expansion.launchScalars(), outputs);
  }
}
