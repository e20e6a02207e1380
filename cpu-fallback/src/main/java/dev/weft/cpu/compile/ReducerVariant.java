package dev.weft.cpu.compile;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.Reduction;
import dev.weft.cpu.reduce.BlockReducer;
import dev.weft.cpu.reduce.Element;
import dev.weft.cpu.reduce.ReduceKind;
import java.lang.foreign.Arena;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The block reducers of one reduction and element type, one for blocks that lie in a row and one
 * for columns: each the scalar form until the vector form, warmed aside, is faster. Both give the
 * same bits, so that a launch may use one and then the other.
 */
public final class ReducerVariant {
  /** A scalar sum is slower by tenths of a nanosecond per element: there is time to wait. */
  private static final long PLENTY = 16;

  /** Others are by 3 (extremes) to 15 (moments of columns). */
  private static final long SOME = 4;

  private static final int COLUMNS = 64;

  /** Elements of a short call: as many rows as columns take the longest way with. */
  private static final int FEW = 8 * COLUMNS;

  private final DType dtype;
  private final Element element;
  private final TieringPolicy policy;
  private final Adaptive<BlockReducer> blocks;
  private final Adaptive<BlockReducer> columns;

  ReducerVariant(Reduction reduction, DType dtype, ReducerSource source, TieringPolicy policy) {
    this.dtype = dtype;
    this.policy = policy;
    this.element = Element.valueOf(dtype.name());
    ReduceKind kind = ReduceKind.valueOf(reduction.name());
    @Nullable Supplier<BlockReducer> vector = source.vector(kind, element);
    BlockReducer first = Adaptive.first(() -> BlockReducer.of(kind, element, null), vector, policy);
    long patience = policy.elements() * (kind == ReduceKind.SUM ? PLENTY : SOME);
    this.blocks = new Adaptive<>(first, vector, patience, policy, this::raceBlocks);
    this.columns =
        new Adaptive<>(first, vector, policy.elements() * SOME, policy, this::raceColumns);
  }

  /** The reducer to use now, for columns or else for blocks. */
  public BlockReducer reducer(boolean ofColumns) {
    return (ofColumns ? columns : blocks).now();
  }

  /** Bytes of an element. */
  public int elementBytes() {
    return element.bytes();
  }

  /** Counts elements about to be reduced; may start the preparation of a vector form. */
  public void count(long added, boolean ofColumns) {
    (ofColumns ? columns : blocks).count(added);
  }

  private @Nullable String raceBlocks(BlockReducer scalar, BlockReducer vector) {
    try (Arena arena = Arena.ofConfined()) {
      long values = VectorWarmer.tile(arena, dtype, BlockReducer.BLOCK);
      long partial = arena.allocate(8L * vector.planes(), 64).address();
      return race()
          .overtaken(
              n -> scalar.reduce(values, n, 0, partial), n -> vector.reduce(values, n, 0, partial));
    }
  }

  private @Nullable String raceColumns(BlockReducer scalar, BlockReducer vector) {
    try (Arena arena = Arena.ofConfined()) {
      long values = VectorWarmer.tile(arena, dtype, BlockReducer.BLOCK);
      long scratch = arena.allocate(vector.scratchBytes(COLUMNS), 64).address();
      long partial = arena.allocate(8L * vector.planes() * COLUMNS, 64).address();
      return race()
          .overtaken(
              n -> reduceColumns(scalar, values, n, scratch, partial),
              n -> reduceColumns(vector, values, n, scratch, partial));
    }
  }

  private Race race() {
    return new Race(policy.clock(), BlockReducer.BLOCK, FEW);
  }

  private void reduceColumns(BlockReducer reducer, long values, int n, long scratch, long partial) {
    int rows = n / COLUMNS;
    long rowBytes = (long) COLUMNS * element.bytes();
    reducer.reduceColumns(values, rowBytes, rows, COLUMNS, 0, scratch, partial);
  }
}
