package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Block;
import dev.weft.core.expr.BlockRoutine;
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

  /** A line of a result as a function of a line. */
  @FunctionalInterface
  public interface OfLine {
    /**
     * Fills {@code result}, which is all 0.
     *
     * @param line the elements along the axis; both arrays are reused between calls
     */
    void fill(double[] line, double[] result) throws Exception;
  }

  static NDArray map(NDArray x, DoubleUnaryOperator function) {
    Body body =
        (inputs, output) -> {
          long size = output.region().size();
          MemorySegment in = inputs.getFirst().memory();
          MemorySegment out = output.memory();
          for (long i = 0; i < size; i++) {
            double value = in.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
            out.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, function.applyAsDouble(value));
          }
        };
    Expr input = Exprs.cast(x.expr(), DType.FLOAT64);
    return x.with(chunkwise("map", body, List.of(input), input.type()));
  }

  static NDArray fromFunction(Session session, Shape shape, OfIndex function) {
    Body body =
        (inputs, output) -> {
          Region region = output.region();
          long[] index = region.start().clone();
          long size = region.size();
          for (long i = 0; i < size; i++) {
            output.memory().setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, function.at(index));
            advance(index, region);
          }
        };
    Chunks chunks = session.chunkSize().auto(shape, DType.FLOAT64);
    Expr.Type type = new Expr.Type(DType.FLOAT64, shape, chunks);
    return new NDArray(session, chunkwise("from_function", body, List.of(), type));
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
    Body body =
        (blocks, output) ->
            function.fill(
                output.region(), blocks.stream().map(UserFunctions::array).toList(), array(output));
    Chunks chunks = ChunkRules.align(shape, inputs.stream().map(Expr::chunks).toList());
    return x.with(chunkwise("map_chunks", body, inputs, new Expr.Type(result, shape, chunks)));
  }

  static HostArray array(Block block) {
    return HostArray.wrap(block.memory(), block.dtype(), block.region().shape());
  }

  /** What is done with a chunk. */
  @FunctionalInterface
  interface Body {
    void run(List<Block> inputs, Block output) throws Exception;
  }

  /** The user's code, which may do something else every time. */
  private record Code(String name, Body body) implements BlockRoutine {
    /** Price of an element of which nothing is known. */
    private static final double UNKNOWN = 15;

    @Override
    public String reason() {
      return "the user's Java code";
    }

    @Override
    public boolean isPure() {
      return false;
    }

    @Override
    public double cost() {
      return UNKNOWN;
    }

    @Override
    public void run(List<Block> inputs, Block output) throws Exception {
      body.run(inputs, output);
    }
  }

  /** Code as a routine. */
  static BlockRoutine code(String name, Body body) {
    return new Code(name, body);
  }

  /** Code over the same region of inputs and result, which have the same shape. */
  static Expr chunkwise(String name, Body body, List<Expr> inputs, Expr.Type type) {
    return Expr.MapBlocks.alike(code(name, body), inputs, type);
  }
}
