package dev.weft.core.reference;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which every device reduces, so that all give the same bits.
 *
 * <pre>
 * elements r = 0, 1, ...      in C order over the reduced axes of the launch
 * blocks                      of 4,096 elements
 * lane r mod 64               takes its elements of a block in order, beginning with the first
 * lanes of a block            l takes l + 32, then l + 16, + 8, + 4, + 2, + 1; absent ones skipped
 * blocks                      neighbours 2k and 2k + 1 in rounds; an odd last one moves up as it is
 * </pre>
 */
final class ReductionSequence {
  private static final int BLOCK = 4096;
  private static final int LANES = 64;

  private final PartialResult rule;
  private final List<Scalar> block = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private List<long[]> blocks = new ArrayList<>();

  ReductionSequence(Reduction reduction, DType dtype) {
    this.rule = PartialResult.of(reduction, dtype);
  }

  void add(Scalar x, long position) {
    block.add(x);
    positions.add(position);
    if (block.size() == BLOCK) {
      closeBlock();
    }
  }

  private void closeBlock() {
    blocks.add(rule.block(block, positions));
    block.clear();
    positions.clear();
  }

  /** The partial result, as words of its planes. */
  long[] finish() {
    if (!block.isEmpty()) {
      closeBlock();
    }
    if (blocks.isEmpty()) {
      return rule.empty();
    }
    while (blocks.size() > 1) {
      List<long[]> next = new ArrayList<>();
      for (int i = 0; i < blocks.size(); i += 2) {
        next.add(
            i + 1 < blocks.size() ? rule.combine(blocks.get(i), blocks.get(i + 1)) : blocks.get(i));
      }
      blocks = next;
    }
    return blocks.getFirst();
  }

  /** Two partial results become one. */
  interface Combination {
    long[] combine(long[] left, long[] right);
  }

  /** The elements of one block, each a partial result by itself, by lanes. */
  static long[] lanes(List<long[]> elements, Combination rule) {
    long[][] lanes = new long[Math.min(LANES, elements.size())][];
    for (int r = 0; r < elements.size(); r++) {
      int lane = r % LANES;
      lanes[lane] = r < LANES ? elements.get(r) : rule.combine(lanes[lane], elements.get(r));
    }
    for (int width = LANES / 2; width >= 1; width /= 2) {
      for (int lane = 0; lane < width && lane + width < lanes.length; lane++) {
        lanes[lane] = rule.combine(lanes[lane], lanes[lane + width]);
      }
    }
    return lanes[0];
  }
}
