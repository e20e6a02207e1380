package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Block;
import dev.weft.core.expr.Expr;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What {@link BlockMethods} are made of. */
final class Overlaps {
  private Overlaps() {}

  static NDArray lines(NDArray x, int axis, int length, UserFunctions.OfLine function) {
    int along = x.shape().axis("apply_along_axis", axis);
    if (length < 0) {
      throw new UsageException(
          "apply_along_axis: lines of %d elements; use 0 or more".formatted(length));
    }
    NDArray typed = x.cast(DType.FLOAT64);
    UserFunctions.Body body =
        (inputs, output) -> eachLine(inputs.getFirst(), output, along, function);
    return x.with(
        WholeLines.resized(
            UserFunctions.code("apply_along_axis", body),
            WholeLines.of(typed, along),
            along,
            length,
            DType.FLOAT64));
  }

  private static void eachLine(Block from, Block to, int axis, UserFunctions.OfLine function)
      throws Exception {
    double[] line = new double[(int) from.extent(axis)];
    double[] result = new double[(int) to.extent(axis)];
    long outer = 1;
    long inner = 1;
    for (int i = 0; i < from.region().extents().length; i++) {
      outer *= i < axis ? from.extent(i) : 1;
      inner *= i > axis ? from.extent(i) : 1;
    }
    for (long number = 0; number < outer * inner; number++) {
      long row = number / inner;
      long column = number % inner;
      read(from.memory(), row * line.length * inner + column, inner, line);
      Arrays.fill(result, 0);
      function.fill(line, result);
      write(result, to.memory(), row * result.length * inner + column, inner);
    }
  }

  private static void read(MemorySegment memory, long first, long step, double[] line) {
    for (int i = 0; i < line.length; i++) {
      line[i] = memory.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, first + i * step);
    }
  }

  private static void write(double[] line, MemorySegment memory, long first, long step) {
    for (int i = 0; i < line.length; i++) {
      memory.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, first + i * step, line[i]);
    }
  }

  static NDArray map(
      NDArray x, DType result, int[] depth, Pad border, UserFunctions.OfChunk function) {
    if (depth.length != x.rank() || Arrays.stream(depth).anyMatch(d -> d < 0)) {
      throw new UsageException(
          "map_overlap: depths %s of shape %s; use one of 0 or more for each axis"
              .formatted(Arrays.toString(depth), x.shape()));
    }
    long[][] widths = new long[depth.length][];
    for (int axis = 0; axis < depth.length; axis++) {
      widths[axis] = new long[] {depth[axis], depth[axis]};
    }
    NDArray wide = x.rank() == 0 ? x : x.pad(border, widths);
    return new Overlap(x, wide, result, depth, function).joined(new int[0]);
  }

  /** The chunks of a result, each made of a part of the padded array, put together axis by axis. */
  private record Overlap(
      NDArray x, NDArray wide, DType result, int[] depth, UserFunctions.OfChunk function) {
    NDArray joined(int[] chosen) {
      int axis = chosen.length;
      if (axis == x.rank()) {
        return chunk(chosen);
      }
      NDArray[] parts = new NDArray[x.chunks().axis(axis).count()];
      for (int piece = 0; piece < parts.length; piece++) {
        int[] next = Arrays.copyOf(chosen, axis + 1);
        next[axis] = piece;
        parts[piece] = joined(next);
      }
      return parts.length == 0
          ? x.session().zeros(result, x.shape().extents())
          : x.session().concatenate(axis, parts);
    }

    private NDArray chunk(int[] chosen) {
      int rank = chosen.length;
      long[] start = new long[rank];
      long[] extents = new long[rank];
      NDArray part = wide;
      for (int axis = 0; axis < rank; axis++) {
        start[axis] = x.chunks().axis(axis).offset(chosen[axis]);
        extents[axis] = x.chunks().axis(axis).length(chosen[axis]);
        part = Pieces.part(part, axis, start[axis], start[axis] + extents[axis] + 2L * depth[axis]);
      }
      Region region = new Region(start, extents);
      UserFunctions.Body body =
          (inputs, output) ->
              function.fill(
                  region,
                  List.of(UserFunctions.array(inputs.getFirst())),
                  UserFunctions.array(output));
      Shape shape = Shape.of(extents);
      List<Long> whole = new ArrayList<>();
      Arrays.stream(part.shape().extents()).forEach(whole::add);
      return x.with(
          new Expr.MapBlocks(
              UserFunctions.code("map_overlap", body),
              List.of(part.expr()),
              List.of(IntStream.range(rank, 2 * rank).boxed().toList()),
              whole,
              new Expr.Type(result, shape, Chunks.whole(shape))));
    }
  }
}
