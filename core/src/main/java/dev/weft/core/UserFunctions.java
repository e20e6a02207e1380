package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ChunkFunction;
import dev.weft.core.expr.ChunkRules;
import dev.weft.core.expr.Expr;
import dev.weft.core.expr.Exprs;
import dev.weft.core.shape.Broadcasting;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The user's own Java code as a step of a lazy expression. */
public final class UserFunctions {
  private UserFunctions() {}

  /** An element as a function of its index. */
  @FunctionalInterface
  public interface OfIndex {
    /** The element at {@code index}, which is reused between calls. */
    double at(long[] index);
  }

  /** A chunk of the result as a function of the same chunk of the inputs. */
  @FunctionalInterface
  public interface OfChunk {
    /**
     * Fills {@code output}. Called by several threads at once for different chunks.
     *
     * @param region where the chunk lies
     * @param inputs the same region of each input
     */
    void fill(Region region, List<HostArray> inputs, HostArray output) throws Exception;
  }

  static NDArray map(NDArray x, DoubleUnaryOperator function) {
    ChunkFunction body =
        (region, inputs, output) -> {
          long size = region.size();
          MemorySegment in = inputs.getFirst();
          for (long i = 0; i < size; i++) {
            double value = in.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
            output.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, function.applyAsDouble(value));
          }
        };
    Expr input = Exprs.cast(x.expr(), DType.FLOAT64);
    return x.with(new Expr.MapChunks(body, "map", List.of(input), input.type()));
  }

  static NDArray fromFunction(Session session, Shape shape, OfIndex function) {
    ChunkFunction body =
        (region, inputs, output) -> {
          long[] index = region.start().clone();
          long size = region.size();
          for (long i = 0; i < size; i++) {
            output.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, function.at(index));
            advance(index, region);
          }
        };
    Chunks chunks = session.chunkSize().auto(shape, DType.FLOAT64);
    Expr.Type type = new Expr.Type(DType.FLOAT64, shape, chunks);
    return new NDArray(session, new Expr.MapChunks(body, "from_function", List.of(), type));
  }

  private static void advance(long[] index, Region region) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] < region.start()[axis] + region.extents()[axis]) {
        return;
      }
      index[axis] = region.start()[axis];
    }
  }

  static NDArray mapChunks(NDArray x, DType result, OfChunk function, NDArray... others) {
    List<Expr> operands = new ArrayList<>();
    operands.add(x.expr());
    for (NDArray other : others) {
      operands.add(x.session().own(other).expr());
    }
    Shape shape = Broadcasting.common("mapChunks", operands.stream().map(Expr::shape).toList());
    List<Expr> inputs = operands.stream().map(operand -> Exprs.broadcast(operand, shape)).toList();
    for (Expr input : inputs) {
      input.dtype().requireComputable("mapChunks");
    }
    result.requireComputable("mapChunks");
    List<DType> dtypes = inputs.stream().map(Expr::dtype).toList();
    ChunkFunction body =
        (region, memory, output) -> {
          List<HostArray> chunks = new ArrayList<>();
          for (int i = 0; i < memory.size(); i++) {
            chunks.add(HostArray.wrap(memory.get(i), dtypes.get(i), region.shape()));
          }
          function.fill(region, chunks, HostArray.wrap(output, result, region.shape()));
        };
    Chunks chunks = ChunkRules.align(shape, inputs.stream().map(Expr::chunks).toList());
    return x.with(
        new Expr.MapChunks(body, "map_chunks", inputs, new Expr.Type(result, shape, chunks)));
  }
}
