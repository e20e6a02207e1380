package dev.weft.core.shape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A grid between two others, so that an array too large for memory goes from one to the other and
 * each chunk is read once. Rows that become columns, for instance, first become blocks: of as many
 * rows at a time as fit, and then each column is put together from few blocks.
 *
 * <p>The blocks are those of Rechunker's plan: the elements that are read at a time, joined up to
 * the memory there is, met with those that are written at a time (T. Nicholas and others, <a
 * href="https://rechunker.readthedocs.io/en/latest/algorithm.html">rechunker.readthedocs.io</a>,
 * "Algorithm").
 *
 * @param grid the blocks
 * @param order the axes, outermost first, in whose order the blocks are to be made
 */
public record RechunkStep(Chunks grid, List<Integer> order) {
  /** Copies the list. */
  public RechunkStep {
    order = List.copyOf(order);
  }

  /** Chunks so many times as long as others read few of them twice, wherever both are cut. */
  private static final int LONG = 4;

  /**
   * The elements of {@code from} that must be in memory at a time, so that each of its chunks is
   * read once while those of {@code to} are made one after the other in C order. Those at the ends
   * of much longer ones may be read twice.
   */
  public static double footprint(Chunks from, Chunks to) {
    return footprint(from, to, axes(from.rank()));
  }

  private static List<Integer> axes(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  static double footprint(Chunks from, Chunks to, List<Integer> order) {
    double elements = 1;
    boolean split = false;
    for (int axis : order) {
      long extent = from.axis(axis).extent();
      if (split) {
        // All along this axis comes before the chunks of the axis outside it are done with.
        elements *= extent;
      } else if (splits(from.axis(axis), to.axis(axis))) {
        elements *= Math.min(extent, reached(from.axis(axis), to.axis(axis)));
        split = true;
      } else {
        elements *= Math.min(extent, covered(from.axis(axis), to.axis(axis)));
      }
    }
    return elements;
  }

  /** The most that lies in chunks which are read at a time. */
  private static long reached(AxisChunks from, AxisChunks to) {
    // A chunk that is made may reach just into one at each of its ends.
    return fits(to, from) ? from.longest() : to.longest() + 2 * (from.longest() - 1);
  }

  /** The most that lies in chunks of which one is made. */
  private static long covered(AxisChunks from, AxisChunks to) {
    return fits(from, to) ? to.longest() : to.longest() + 2 * (from.longest() - 1);
  }

  /** Whether many chunks along an axis are needed by several of the other grid. */
  private static boolean splits(AxisChunks from, AxisChunks to) {
    return to.longest() < LONG * from.longest() && !fits(from, to);
  }

  /** Whether each chunk along an axis is needed by one of the other grid only. */
  private static boolean fits(AxisChunks from, AxisChunks to) {
    for (int i = 1; i < to.count(); i++) {
      long cut = to.offset(i);
      if (from.offset(from.find(cut)) != cut) {
        return false;
      }
    }
    return true;
  }

  /**
   * The step on the way between two grids of one shape.
   *
   * @param most elements that may be in memory at a time
   * @return null where none needs less memory than going directly
   */
  public static @Nullable RechunkStep between(Chunks from, Chunks to, double most) {
    List<AxisChunks> read = joined(from, to, most);
    List<AxisChunks> blocks = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      AxisChunks written = to.axis(axis);
      blocks.add(read.get(axis).longest() <= written.longest() ? read.get(axis) : written);
    }
    widen(blocks, read, to, most);
    Chunks grid = new Chunks(blocks);
    List<Integer> order =
        axes(from.rank()).stream()
            .sorted(Comparator.comparing(axis -> splits(read.get(axis), grid.axis(axis))))
            .toList();
    double needed = Math.max(footprint(from, grid, order), footprint(grid, to));
    return needed < footprint(from, to) ? new RechunkStep(grid, order) : null;
  }

  /** The chunks that are read at a time: several along axes on which those written are longer. */
  private static List<AxisChunks> joined(Chunks from, Chunks to, double most) {
    double room = most / from.largest();
    List<AxisChunks> read = new ArrayList<>(from.axes());
    for (int axis = 0; axis < from.rank(); axis++) {
      AxisChunks own = from.axis(axis);
      long wanted = Math.ceilDiv(to.axis(axis).longest(), Math.max(1, own.longest()));
      int together = (int) Math.min(wanted, Math.min(own.count(), room));
      if (together > 1) {
        read.set(axis, own.grouped(together));
        room /= together;
      }
    }
    return read;
  }

  /** Makes blocks as wide as memory lets several chunks be put together from them. */
  private static void widen(
      List<AxisChunks> blocks, List<AxisChunks> read, Chunks to, double most) {
    for (int axis = 0; axis < blocks.size(); axis++) {
      AxisChunks narrow = blocks.get(axis);
      long times = read.get(axis).longest() / Math.max(1, narrow.longest());
      int least = 1;
      for (int widest = (int) Math.min(times, narrow.count()); least < widest; ) {
        int together = least + (widest - least + 1) / 2;
        blocks.set(axis, narrow.grouped(together));
        if (footprint(new Chunks(blocks), to) <= most) {
          least = together;
        } else {
          widest = together - 1;
        }
      }
      blocks.set(axis, narrow.grouped(least));
    }
  }
}
