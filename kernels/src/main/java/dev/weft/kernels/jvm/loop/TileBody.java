package dev.weft.kernels.jvm.loop;

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
public final class TileBody {
  private final Expansion expansion;
  private final BitSet uniform;
  private final boolean[] invariant;

  /**
   * The body of a kernel whose operations are expanded; parameters in {@code uniform} are the same
   * for all elements.
   */
  public TileBody(Expansion expansion, BitSet uniform) {
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

  /** The kernel, operations expanded. */
  public FusedKernel kernel() {
    return expansion.kernel();
  }

  /** The values, each of earlier ones. */
  public List<SsaValue> values() {
    return expansion.kernel().body();
  }

  /** Where values go. */
  public List<Sink> sinks() {
    return expansion.kernel().sinks();
  }

  List<Param> params() {
    return expansion.kernel().params();
  }

  /** Type of a value. */
  public DType dtype(int value) {
    return values().get(value).dtype();
  }

  /** Whether a parameter is the same for all elements. */
  public boolean isUniform(int param) {
    return uniform.get(param);
  }

  /** Whether the value is the same for all elements of a tile, so that it is computed once. */
  public boolean isInvariant(int value) {
    return invariant[value];
  }

  /** Whether a scalar comes from the expansion and not from the launch. */
  public boolean isConstant(SsaValue.ScalarParam scalar) {
    return scalar.scalar() >= expansion.launchScalars();
  }

  /** Such a scalar. */
  public Scalar constant(SsaValue.ScalarParam scalar) {
    return expansion.constants().get(scalar.scalar() - expansion.launchScalars());
  }

  /** Which argument of the loop a scalar of the launch is. */
  public int scalarArgument(SsaValue.ScalarParam scalar) {
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

  /** The arguments of a loop that takes so many elements at a time. */
  public TileLayout layout(int lanes) {
    List<Integer> operands =
        IntStream.range(0, params().size())
            .mapToObj(p -> isUniform(p) ? 0 : params().get(p).dtype().itemSize())
            .toList();
    List<Integer> outputs = sinks().stream().map(sink -> dtype(sink.value()).itemSize()).toList();
    return new TileLayout(lanes, operands, expansion.launchScalars(), outputs);
  }
}
