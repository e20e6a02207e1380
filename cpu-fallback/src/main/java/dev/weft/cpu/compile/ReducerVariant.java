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
 * The block reducer of one reduction and element type: the scalar form until the vector form,
 * warmed aside, is faster. Both give the same bits, so that a launch may use one and then the
 * other.
 */
public final class ReducerVariant {
  /** A scalar reducer is slower by tenths of a nanosecond per element: there is time to wait. */
  private static final long PLENTY = 16;

  private static final int COLUMNS = 64;

  private final DType dtype;
  private final Element element;
  private final @Nullable Supplier<BlockReducer> vector;
  private final Policy policy;
  // Counts elements.
  private final Patience patience;
  private volatile BlockReducer reducer;

  ReducerVariant(Reduction reduction, DType dtype, ReducerSource source, Policy policy) {
    this.dtype = dtype;
    this.policy = policy;
    this.patience = new Patience(policy.elements() * PLENTY);
    this.element = Element.valueOf(dtype.name());
    ReduceKind kind = ReduceKind.valueOf(reduction.name());
    this.vector = source.vector(kind, element);
    if (vector != null && policy.start() == Policy.Start.VECTOR) {
      reducer = vector.get();
    } else {
      reducer = BlockReducer.of(kind, element, null);
    }
    if (vector == null || policy.start() != Policy.Start.ADAPTIVE) {
      patience.end();
    }
  }

  /** The reducer to use now. */
  public BlockReducer reducer() {
    return reducer;
  }

  /** Bytes of an element. */
  public int elementBytes() {
    return element.bytes();
  }

  /** Counts elements about to be reduced; may start the preparation of the vector form. */
  public void count(long added) {
    if (patience.isDue(added)) {
      policy.background().execute(this::warm);
    }
  }

  private void warm() {
    if (vector == null) {
      return;
    }
    BlockReducer fast = vector.get();
    try (Arena arena = Arena.ofConfined()) {
      long values = VectorWarmer.tile(arena, dtype, BlockReducer.BLOCK);
      long scratch = arena.allocate(fast.scratchBytes(COLUMNS), 64).address();
      long partial = arena.allocate(8L * fast.planes() * COLUMNS, 64).address();
      Race race = new Race(policy.clock());
      BlockReducer slow = reducer;
      @Nullable String blocks =
          race.overtaken(
              () -> slow.reduce(values, BlockReducer.BLOCK, 0, partial),
              () -> fast.reduce(values, BlockReducer.BLOCK, 0, partial));
      @Nullable String columns =
          race.overtaken(
              () -> reduceColumns(slow, values, scratch, partial),
              () -> reduceColumns(fast, values, scratch, partial));
      if (blocks == null || columns == null) {
        reducer = fast;
      } else {
        patience.lost();
      }
    }
  }

  private void reduceColumns(BlockReducer reducer, long values, long scratch, long partial) {
    int rows = BlockReducer.BLOCK / COLUMNS;
    long rowBytes = (long) COLUMNS * element.bytes();
    reducer.reduceColumns(values, rowBytes, rows, COLUMNS, 0, scratch, partial);
  }
}
