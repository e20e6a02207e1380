package dev.weft.core.fuse;

import dev.weft.core.expr.Expr;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Stages of operations that are not elementwise. */
final class LibraryStages {
  private final StageBuilder builder;

  LibraryStages(StageBuilder builder) {
    this.builder = builder;
  }

  /** What a task goes on from comes first, so that it is made before the other operands are. */
  void scan(Expr.Scan node) {
    Stage.Input input = builder.read(node.input(), View.identity(node.shape()));
    Stage.Output output = whole(node);
    boolean cut = node.chunks().axis(node.axis()).count() > 1;
    LibraryKernel kernel = new LibraryKernel(node.routine(), node.dtype());
    Work work = new Work.Library(kernel, List.of(0L, (long) node.axis()));
    builder.add(
        kernel.name(),
        work,
        node.chunks(),
        cut ? List.of(new Stage.Input.Before(output.array(), node.axis()), input) : List.of(input),
        List.of(output),
        builder.device(node));
  }

  /** Iteration axes: those of the result, then the whole axis that is gathered from. */
  void take(Expr.Take node) {
    int rank = node.shape().rank();
    long extent = node.input().shape().extent(node.axis());
    Chunks iteration = append(node.chunks(), whole(extent));
    int[] target = IntStream.rangeClosed(0, rank).toArray();
    target[node.axis()] = -1;
    target[rank] = node.axis();
    long[] step = new long[rank + 1];
    Arrays.fill(step, 1);
    step[node.axis()] = 0;
    View ofInput = new View(iteration.shape(), node.input().shape(), new long[rank], target, step);
    int[] listTarget = new int[rank + 1];
    Arrays.fill(listTarget, -1);
    listTarget[node.axis()] = 0;
    long[] listStep = new long[rank + 1];
    listStep[node.axis()] = 1;
    View ofIndices =
        new View(iteration.shape(), node.indices().shape(), new long[1], listTarget, listStep);
    LibraryKernel kernel = new LibraryKernel(Routine.GATHER, node.dtype());
    builder.add(
        kernel.name(),
        new Work.Library(kernel, List.of(0L, (long) node.axis())),
        iteration,
        List.of(builder.read(node.input(), ofInput), builder.read(node.indices(), ofIndices)),
        List.of(whole(node)),
        builder.device(node));
  }

  /**
   * Where the inner axis is cut, a stage of its own adds up all pieces but the last, and the stage
   * that makes the product goes on from there. As in {@link #scan}, that operand comes first.
   */
  void matmul(Expr.MatMul node) {
    AxisChunks inner = node.inner();
    int last = inner.count() - 1;
    long done = inner.offset(last);
    List<Stage.Input> carry = List.of();
    if (last > 0) {
      int rank = node.shape().rank();
      Chunks before = append(node.chunks(), AxisChunks.regular(done, inner.length(0)));
      ArrayDef sums = builder.running(node, before);
      List<Integer> axes = IntStream.rangeClosed(0, rank).boxed().toList();
      Stage.Output output = new Stage.Output(sums, axes, Collections.nCopies(axes.size(), 0L));
      product(node, before, 0, List.of(new Stage.Input.Before(sums, rank)), output);
      View end = lastPlane(node.shape(), inner.length(last), before.shape());
      carry = List.of(new Stage.Input.OfArray(sums, end));
    }
    product(node, append(node.chunks(), whole(inner.length(last))), done, carry, whole(node));
  }

  /** The last plane of the running sums, as a stage over the product sees it. */
  private static View lastPlane(Shape product, long inner, Shape sums) {
    int rank = product.rank();
    long[] offset = new long[rank + 1];
    offset[rank] = sums.extent(rank) - 1;
    int[] target = IntStream.rangeClosed(0, rank).toArray();
    target[rank] = -1;
    return along(product.insert(rank, inner), sums, target, offset);
  }

  /**
   * Iteration axes: leading axes, rows, columns, then the inner axis.
   *
   * @param start where the iteration begins on the inner axis
   * @param carry what is added to, if anything
   */
  private void product(
      Expr.MatMul node,
      Chunks iteration,
      long start,
      List<Stage.Input> carry,
      Stage.Output output) {
    int rank = node.shape().rank();
    Shape all = iteration.shape();
    long[] leftOffset = new long[rank];
    leftOffset[rank - 1] = start;
    long[] rightOffset = new long[rank];
    rightOffset[rank - 2] = start;
    int[] left = IntStream.rangeClosed(0, rank).toArray();
    left[rank - 1] = -1;
    left[rank] = rank - 1;
    int[] right = IntStream.rangeClosed(0, rank).toArray();
    right[rank - 2] = -1;
    right[rank] = rank - 2;
    List<Stage.Input> inputs = new ArrayList<>(carry);
    inputs.add(builder.read(node.left(), along(all, node.left().shape(), left, leftOffset)));
    inputs.add(builder.read(node.right(), along(all, node.right().shape(), right, rightOffset)));
    LibraryKernel kernel = new LibraryKernel(Routine.MATMUL, node.dtype());
    builder.add(
        kernel.name(),
        new Work.Library(kernel, List.of()),
        iteration,
        inputs,
        List.of(output),
        builder.device(node));
  }

  void mapBlocks(Expr.MapBlocks node) {
    Chunks iteration = node.iteration();
    List<Stage.Input> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Expr input = node.inputs().get(i);
      inputs.add(builder.read(input, along(iteration.shape(), input.shape(), node.axes().get(i))));
    }
    builder.add(
        node.routine().name(),
        new Work.Host(node.routine(), node.axes()),
        iteration,
        inputs,
        List.of(whole(node)),
        builder.device(node));
  }

  /** All of {@code base}, each of its axes along an axis of the iteration. */
  private static View along(Shape iteration, Shape base, List<Integer> axes) {
    int[] target = new int[iteration.rank()];
    Arrays.fill(target, -1);
    for (int axis = 0; axis < axes.size(); axis++) {
      target[axes.get(axis)] = axis;
    }
    return along(iteration, base, target, new long[base.rank()]);
  }

  private static View along(Shape iteration, Shape base, int[] target, long[] offset) {
    long[] step = new long[target.length];
    for (int axis = 0; axis < target.length; axis++) {
      step[axis] = target[axis] < 0 ? 0 : 1;
    }
    return new View(iteration, base, offset, target, step);
  }

  private static AxisChunks whole(long extent) {
    return AxisChunks.regular(extent, extent);
  }

  private static Chunks append(Chunks grid, AxisChunks last) {
    List<AxisChunks> axes = new ArrayList<>(grid.axes());
    axes.add(last);
    return new Chunks(axes);
  }

  private Stage.Output whole(Expr node) {
    List<Integer> axes = IntStream.range(0, node.shape().rank()).boxed().toList();
    return new Stage.Output(
        builder.create(node, node.chunks()), axes, Collections.nCopies(axes.size(), 0L));
  }
}
