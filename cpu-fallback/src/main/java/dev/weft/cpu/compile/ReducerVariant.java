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
  private final @Nullable Supplier<BlockReducer> vector;
  private final Policy policy;
  private final Form blocks;
  private final Form columns;

  /** What is used now for one of the two, and when that is to be thought over. */
  private static final class Form {
    // Counts elements.
    final Patience patience;
    volatile BlockReducer reducer;

    Form(Patience patience, BlockReducer reducer) {
      this.patience = patience;
      this.reducer = reducer;
    }
  }

  ReducerVariant(Reduction reduction, DType dtype, ReducerSource source, Policy policy) {
    this.dtype = dtype;
    this.policy = policy;
    this.element = Element.valueOf(dtype.name());
    ReduceKind kind = ReduceKind.valueOf(reduction.name());
    this.vector = source.vector(kind, element);
    BlockReducer first =
        vector != null && policy.start() == Policy.Start.VECTOR
            ? vector.get()
            : BlockReducer.of(kind, element, null);
    this.blocks = form(first, kind == ReduceKind.SUM ? PLENTY : SOME);
    this.columns = form(first, SOME);
  }

  private Form form(BlockReducer first, long times) {
    Patience patience = new Patience(policy.elements() * times);
    if (vector == null || policy.start() != Policy.Start.ADAPTIVE) {
      patience.end();
    }
    return new Form(patience, first);
  }

  /** The reducer to use now, for columns or else for blocks. */
  public BlockReducer reducer(boolean ofColumns) {
    return ofColumns ? columns.reducer : blocks.reducer;
  }

  /** Bytes of an element. */
  public int elementBytes() {
    return element.bytes();
  }

  /** Counts elements about to be reduced; may start the preparation of a vector form. */
  public void count(long added, boolean ofColumns) {
    if ((ofColumns ? columns : blocks).patience.isDue(added)) {
      policy.background().execute(() -> warm(ofColumns));
    }
  }

  private void warm(boolean ofColumns) {
    if (vector == null) {
      return;
    }
    Form form = ofColumns ? columns : blocks;
    BlockReducer slow = form.reducer;
    BlockReducer fast = vector.get();
    try (Arena arena = Arena.ofConfined()) {
      long values = VectorWarmer.tile(arena, dtype, BlockReducer.BLOCK);
      long scratch = arena.allocate(fast.scratchBytes(COLUMNS), 64).address();
      long partial = arena.allocate(8L * fast.planes() * COLUMNS, 64).address();
      Race race = new Race(policy.clock(), BlockReducer.BLOCK, FEW);
      @Nullable String refusal =
          ofColumns
              ? race.overtaken(
                  n -> reduceColumns(slow, values, n, scratch, partial),
                  n -> reduceColumns(fast, values, n, scratch, partial))
              : race.overtaken(
                  n -> slow.reduce(values, n, 0, partial), n -> fast.reduce(values, n, 0, partial));
      if (refusal == null) {
        form.reducer = fast;
      } else {
        form.patience.lost();
      }
    }
  }

  private void reduceColumns(BlockReducer reducer, long values, int n, long scratch, long partial) {
    int rows = n / COLUMNS;
    long rowBytes = (long) COLUMNS * element.bytes();
    reducer.reduceColumns(values, rowBytes, rows, COLUMNS, 0, scratch, partial);
  }
}
