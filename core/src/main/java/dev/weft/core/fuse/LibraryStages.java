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

  void scan(Expr.Scan node) {
    Stage.Input input = builder.read(node.input(), View.identity(node.shape()));
    LibraryKernel kernel = new LibraryKernel(node.routine(), node.dtype());
    Work work = new Work.Library(kernel, List.of(0L, (long) node.axis()));
    builder.add(
        kernel.name(),
        work,
        node.chunks(),
        List.of(input),
        List.of(whole(node)),
        builder.device(node));
  }

  /** Iteration axes: those of the result, then the whole axis that is gathered from. */
  void take(Expr.Take node) {
    int rank = node.shape().rank();
    long extent = node.input().shape().extent(node.axis());
    Chunks iteration = append(node.chunks(), extent);
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

  /** Iteration axes: leading axes, rows, columns, then the whole inner axis. */
  void matmul(Expr.MatMul node) {
    int rank = node.shape().rank();
    long inner = node.left().shape().extent(rank - 1);
    Chunks iteration = append(node.chunks(), inner);
    int[] left = IntStream.rangeClosed(0, rank).toArray();
    left[rank - 1] = -1;
    left[rank] = rank - 1;
    int[] right = IntStream.rangeClosed(0, rank).toArray();
    right[rank - 2] = -1;
    right[rank] = rank - 2;
    LibraryKernel kernel = new LibraryKernel(Routine.MATMUL, node.dtype());
    builder.add(
        kernel.name(),
        new Work.Library(kernel, List.of(1L)),
        iteration,
        List.of(
            builder.read(node.left(), along(iteration.shape(), node.left().shape(), left)),
            builder.read(node.right(), along(iteration.shape(), node.right().shape(), right))),
        List.of(whole(node)),
        builder.device(node));
  }

  void mapChunks(Expr.MapChunks node) {
    List<Stage.Input> inputs = new ArrayList<>();
    for (Expr input : node.inputs()) {
      inputs.add(builder.read(input, View.identity(node.shape())));
    }
    builder.add(
        node.name(),
        new Work.User(node.function()),
        node.chunks(),
        inputs,
        List.of(whole(node)),
        builder.device(node));
  }

  private static View along(Shape iteration, Shape base, int[] target) {
    long[] step = new long[target.length];
    for (int axis = 0; axis < target.length; axis++) {
      step[axis] = target[axis] < 0 ? 0 : 1;
    }
    return new View(iteration, base, new long[base.rank()], target, step);
  }

  private static Chunks append(Chunks grid, long extent) {
    List<AxisChunks> axes = new ArrayList<>(grid.axes());
    axes.add(AxisChunks.regular(extent, extent));
    return new Chunks(axes);
  }

  private Stage.Output whole(Expr node) {
    List<Integer> axes = IntStream.range(0, node.shape().rank()).boxed().toList();
    return new Stage.Output(
        builder.create(node, node.chunks()), axes, Collections.nCopies(axes.size(), 0L));
  }
}
