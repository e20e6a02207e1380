package dev.weft.core.launch;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.weft.core.op.Reduction;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * Joins partial results on the host. Neighbours are joined pairwise, level by level; an odd last
 * one moves up as it is. The tree depends on the number of partial results alone; it is walked
 * depth first, a block of cells at a time, so that each partial result is read once.
 */
public final class HostCombine {
  /** Cells that are joined at a time: they are copied to arrays, over which loops are fast. */
  private static final int BLOCK = 512;

  private final Reduction reduction;
  private final boolean integer;
  private final long cells;

  public HostCombine(Reduction reduction, boolean integer, long cells) {
    this.reduction = reduction;
    this.integer = integer;
    this.cells = cells;
  }

  /** Joins all into the first buffer; the others stay as they are. */
  public void combine(List<MemorySegment> partials) {
    if (partials.size() == 1) {
      return;
    }
    int most = Integer.SIZE - Integer.numberOfLeadingZeros(partials.size());
    PartialCells[] joined = new PartialCells[most];
    Arrays.setAll(joined, i -> PartialCells.of(reduction, integer, (int) Math.min(BLOCK, cells)));
    for (long from = 0; from < cells; from += BLOCK) {
      combine(partials, joined, from, (int) Math.min(BLOCK, cells - from));
    }
  }

  /** What is joined lies as the ones in the binary number of those that were met, largest first. */
  private void combine(List<MemorySegment> partials, PartialCells[] joined, long from, int n) {
    int last = -1;
    for (int i = 0; i < partials.size(); i++) {
      joined[++last].load(partials.get(i), cells, from, n);
      for (int j = 0; j < Integer.numberOfTrailingZeros(i + 1); j++) {
        last--;
        joined[last].join(joined[last + 1], n);
      }
    }
    while (last > 0) {
      last--;
      joined[last].join(joined[last + 1], n);
    }
    joined[0].store(partials.getFirst(), cells, from, n);
  }

  /** Fills a buffer with the partial result of no elements. */
  public void identity(MemorySegment partial) {
    for (long cell = 0; cell < cells; cell++) {
      switch (reduction) {
        case PROD -> {
          if (integer) {
            setLong(partial, cell, 1);
          } else {
            setDouble(partial, cell, 1);
          }
        }
        case MOMENTS -> {
          setLong(partial, cell, 0);
          setDouble(partial, cells + cell, 0);
          setDouble(partial, 2 * cells + cell, 0);
        }
        case SUM, MIN, MAX, ARGMIN, ARGMAX -> setLong(partial, cell, 0);
      }
    }
  }

  private static void setLong(MemorySegment memory, long index, long value) {
    memory.setAtIndex(JAVA_LONG_UNALIGNED, index, value);
  }

  private static void setDouble(MemorySegment memory, long index, double value) {
    memory.setAtIndex(JAVA_DOUBLE_UNALIGNED, index, value);
  }
}
