package dev.weft.cpu.compile;

import dev.weft.cpu.reduce.BlockReducer;
import dev.weft.cpu.reduce.Element;
import dev.weft.cpu.reduce.ReduceKind;
import dev.weft.cpu.vector.Lanes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reducers on vectors; to be named only where the incubator module is present. */
public final class VectorReducers implements ReducerSource {
  private final Lanes lanes;

  private VectorReducers(Lanes lanes) {
    this.lanes = lanes;
  }

  /** Reducers on vectors of a width, 0 for the machine's. */
  public static VectorReducers ofBits(int bits) {
    return new VectorReducers(bits == 0 ? Lanes.preferred() : Lanes.ofBits(bits));
  }

  /** The width used. */
  public int bits() {
    return lanes.bits();
  }

  @Override
  public @Nullable Supplier<BlockReducer> vector(ReduceKind kind, Element element) {
    return () -> BlockReducer.of(kind, element, lanes);
  }
}
