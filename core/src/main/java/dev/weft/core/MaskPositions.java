package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Expr;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The positions of what is true in a mask, in C order. Made from one bit for each element of the
 * mask whenever a task wants a piece of them, since all of them may take more memory than the array
 * that they are chosen from.
 */
record MaskPositions(TrueBits bits, Shape shape) implements ArraySource {

  /**
   * Computes a mask, chunk by chunk, and finds what is true in it.
   *
   * @param session whose memory limit counts
   */
  static ArraySource of(NDArray mask, Session session) {
    HostArray words = session.zeroed(DType.INT64, Shape.of(TrueBits.words(mask.shape())));
    TrueBits bits = new TrueBits(words, mask.shape());
    boolean kept = false;
    try {
      fill(mask, bits);
      MaskPositions all = new MaskPositions(bits, Shape.of(bits.count()));
      if (all.shape.size() > words.size()) {
        kept = true;
        return all;
      }
      HostArray few = session.zeroed(DType.INT64, all.shape);
      all.read(Region.all(all.shape), few.segment());
      return few.asSource();
    } finally {
      if (!kept) {
        bits.close();
      }
    }
  }

  /** One job, so that what the mask is made of is computed once; its result is not of interest. */
  private static void fill(NDArray mask, TrueBits bits) {
    UserFunctions.Body body =
        (inputs, output) -> {
          bits.put(output.region(), inputs.getFirst().memory());
          output.memory().copyFrom(inputs.getFirst().memory());
        };
    Expr seen = UserFunctions.chunkwise("mask", body, List.of(mask.expr()), mask.expr().type());
    mask.with(seen).any().compute().close();
  }

  @Override
  public DType dtype() {
    return DType.INT64;
  }

  @Override
  public String description() {
    return "positions of a mask";
  }

  @Override
  public void read(Region region, MemorySegment target) {
    bits.positions(region.start()[0], region.extents()[0], target);
  }
}
