package dev.weft.core;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Block;
import dev.weft.core.expr.Expr;
import dev.weft.core.routine.Lines;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
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
    Lines read = Lines.of(from, axis);
    Lines written = Lines.of(to, axis);
    double[] line = new double[(int) read.length()];
    double[] result = new double[(int) written.length()];
    for (long number = 0; number < read.count(); number++) {
      for (int i = 0; i < line.length; i++) {
        line[i] = from.memory().get(JAVA_DOUBLE_UNALIGNED, read.offset(number) + i * read.step());
      }
      Arrays.fill(result, 0);
      function.fill(line, result);
      for (int i = 0; i < result.length; i++) {
        long at = written.offset(number) + i * written.step();
        to.memory().set(JAVA_DOUBLE_UNALIGNED, at, result[i]);
      }
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
