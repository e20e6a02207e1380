package dev.weft.cpu.compile;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.Reduction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The reducers of a device, made when first asked for. */
public final class Reducers {
  private record Key(Reduction reduction, DType dtype) {}

  private final Map<Key, ReducerVariant> variants = new ConcurrentHashMap<>();
  private final ReducerSource source;
  private final TieringPolicy policy;

  /** Reducers whose vector forms come from {@code source} as {@code policy} says. */
  public Reducers(ReducerSource source, TieringPolicy policy) {
    this.source = source;
    this.policy = policy;
  }

  /** The reducer of {@code reduction} over values that lie as {@code dtype}. */
  public ReducerVariant of(Reduction reduction, DType dtype) {
    return variants.computeIfAbsent(
        new Key(reduction, dtype),
        key -> new ReducerVariant(key.reduction, key.dtype, source, policy));
  }
}
