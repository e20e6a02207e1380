package dev.weft.cpu.compile;

import dev.weft.core.device.CompiledKernel;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.Sink;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fused kernel of the CPU device; its loops are made when a launch first needs them. */
public final class FusedCode implements CompiledKernel {
  private final TileKernel tiles;
  private final TileCompiler compiler;
  private final TieringPolicy policy;
  private final Randoms randoms;
  // Few and read by every launch: replaced as a whole under the lock, searched without it.
  private volatile TileVariant[] variants = {};

  private final @Nullable ReducerVariant[] reducers;

  /** A kernel whose loops {@code compiler} makes as {@code policy} says. */
  public FusedCode(
      FusedKernel kernel,
      TileCompiler compiler,
      Reducers reducers,
      Randoms randoms,
      TieringPolicy policy) {
    this.randoms = randoms;
    this.tiles = TileKernel.of(kernel);
    this.compiler = compiler;
    this.policy = policy;
    this.reducers = new ReducerVariant[kernel.sinks().size()];
    for (int sink = 0; sink < this.reducers.length; sink++) {
      if (kernel.sinks().get(sink) instanceof Sink.Reduce reduce) {
        this.reducers[sink] = reducers.of(reduce.reduction(), tiles.valueType(sink));
      }
    }
  }

  /** The random numbers of the device. */
  public Randoms randoms() {
    return randoms;
  }

  /** The reducer of a reducing sink. */
  public ReducerVariant reducer(int sink) {
    return Objects.requireNonNull(reducers[sink]);
  }

  /** Whether any sink reduces. */
  public boolean reduces() {
    return Arrays.stream(reducers).anyMatch(Objects::nonNull);
  }

  /** The kernel as its loops see it. */
  public TileKernel tiles() {
    return tiles;
  }

  /** The loops for launches in which just the operands of {@code uniformMask} are one element. */
  public TileVariant variant(long uniformMask) {
    for (TileVariant variant : variants) {
      if (variant.uniformMask() == uniformMask) {
        return variant;
      }
    }
    return add(uniformMask);
  }

  private synchronized TileVariant add(long uniformMask) {
    for (TileVariant variant : variants) {
      if (variant.uniformMask() == uniformMask) {
        return variant;
      }
    }
    FusedKernel stores = tiles.stores();
    if (stores == null) {
      throw new IllegalStateException(kernel().name() + " computes nothing and has no loops");
    }
    TileVariant added = new TileVariant(stores, uniformMask, compiler, policy);
    TileVariant[] longer = Arrays.copyOf(variants, variants.length + 1);
    longer[variants.length] = added;
    variants = longer;
    return added;
  }

  @Override
  public boolean isSettled() {
    return Arrays.stream(variants).allMatch(TileVariant::isSettled);
  }

  @Override
  public Kernel kernel() {
    return tiles.source();
  }

  @Override
  public String source() {
    if (tiles.stores() == null) {
      return "// no loop: values are reduced as they lie in memory\n" + kernel();
    }
    if (variants.length == 0) {
      variant(0);
    }
    return Arrays.stream(variants).map(TileVariant::toString).collect(Collectors.joining("\n"));
  }
}
