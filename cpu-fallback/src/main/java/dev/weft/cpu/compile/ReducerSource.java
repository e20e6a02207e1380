package dev.weft.cpu.compile;

import dev.weft.cpu.reduce.BlockReducer;
import dev.weft.cpu.reduce.Element;
import dev.weft.cpu.reduce.ReduceKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where vector forms of reducers come from; the seam that keeps the Vector API out of sight. */
@FunctionalInterface
public interface ReducerSource {
  /** Makes the vector form, or null when there is none here. */
  @Nullable Supplier<BlockReducer> vector(ReduceKind kind, Element element);
}
