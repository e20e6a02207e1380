package dev.weft.core.fuse;

import dev.weft.core.expr.BlockRoutine;
import dev.weft.core.expr.Expr;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.op.Reduction;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of work over a grid: each chunk of {@code iteration} is one task.
 *
 * @param id number within the stage graph; inputs come from stages of lower numbers, and what tasks
 *     go on from, from earlier tasks of the stage itself
 * @param label what it computes, for people
 * @param work what a task does
 * @param iteration the iteration space, cut into tasks
 * @param inputs what tasks read
 * @param outputs what tasks write
 * @param device where its tasks were asked to run, or null
 * @param ahead the axes of {@code iteration}, outermost first, in whose order all of its tasks come
 *     before those of stages that read them; empty where they come as they are needed
 */
public record Stage(
    int id,
    String label,
    Work work,
    Chunks iteration,
    List<Input> inputs,
    List<Output> outputs,
    @Nullable String device,
    List<Integer> ahead) {

  /** Copies the lists. */
  public Stage {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    ahead = List.copyOf(ahead);
  }

  /** What a task does. */
  public sealed interface Work {
    /** The kernel that it launches, null where it launches none. */
    default @Nullable Kernel kernel() {
      return switch (this) {
        case Fused fused -> fused.kernel();
        case Rows rows -> rows.program();
        case Library library -> library.kernel();
        case Host host -> null;
        case Combine combine -> null;
        case Write write -> null;
      };
    }

    /** Launches a fused kernel. */
    record Fused(FusedKernel kernel, List<Long> scalars, List<Integer> reducedAxes)
        implements Work {}

    /**
     * Launches a row program. The iteration space is that of its rows, which are whole in each
     * chunk; outputs that lack the reduced axes, or have extent 1 there, have one value a row.
     */
    record Rows(RowProgram program, List<Long> scalars, List<Integer> reducedAxes)
        implements Work {}

    /** Launches a library kernel. */
    record Library(LibraryKernel kernel, List<Long> scalars) implements Work {}

    /**
     * Runs Java code on the host.
     *
     * @param axes for each input the iteration axis along each axis that the code sees
     */
    record Host(BlockRoutine routine, List<List<Integer>> axes) implements Work {}

    /**
     * Combines partial results on the host, neighbours pairwise. The iteration space is the grid of
     * partial results, so its chunks are groups of them.
     *
     * @param kept axes of the partial results' grid that are not reduced
     * @param finish how values come from the combined partial result; null when it is joined with
     *     others later, and kept as it is
     * @param integer whether partial results are int64 rather than float64
     */
    record Combine(
        Reduction reduction, List<Integer> kept, Expr.@Nullable Finish finish, boolean integer)
        implements Work {}

    /**
     * Brings chunks of a result to its target, on the host. The iteration space is the grid of the
     * array that is read; nothing is written to memory.
     *
     * @param result the number of the result
     */
    record Write(int result) implements Work {}
  }

  /** What tasks read, seen from the iteration space. */
  public sealed interface Input {
    /** How iteration indices become indices of the array that is read. */
    View view();

    /** Elements of an array in memory. */
    record OfArray(ArrayDef array, View view) implements Input {}

    /**
     * The plane just before the task's own part of an array that the stage itself writes: what an
     * earlier task has left to go on from. Tasks at the start of the axis find nothing.
     *
     * @param axis the axis, of the iteration space and of the array alike
     */
    record Before(ArrayDef array, int axis) implements Input {
      @Override
      public View view() {
        return View.identity(array.shape());
      }

      /** The elements that the task of a region reads; of extent 0 along the axis for none. */
      public Region reach(Region region) {
        if (region.start()[axis] > 0 && region.extents()[axis] > 0) {
          return region.plane(axis, region.start()[axis] - 1);
        }
        long[] extents = region.extents().clone();
        extents[axis] = 0;
        return new Region(region.start(), extents);
      }
    }

    /** The index along one axis of the view's base. */
    record OfIndex(int axis, View view) implements Input {}

    /** Elements of a random array of shape {@code shape}, the view's base. */
    record OfRandom(long seed, long stream, Shape shape, View view) implements Input {}
  }

  /**
   * What tasks write.
   *
   * @param array the array
   * @param axes the iteration axis of each axis of the array
   * @param shift what is added to positions along each axis of the array, as for parts of a
   *     concatenation
   */
  public record Output(ArrayDef array, List<Integer> axes, List<Long> shift) {
    /** Copies the lists. */
    public Output {
      axes = List.copyOf(axes);
      shift = List.copyOf(shift);
    }
  }
}
