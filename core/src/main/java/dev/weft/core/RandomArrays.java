package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Expr;
import dev.weft.core.kernel.Param.Distribution;
import dev.weft.core.shape.Shape;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Random arrays from a counter-based generator (Philox4x32-10). Element i of an array is a function
 * of the seed, the number of the array since {@link Session#random} and i alone; neither chunks nor
 * threads matter.
 */
public final class RandomArrays implements DistributionMethods {
  private final Session session;
  private final long seed;
  private final AtomicLong streams = new AtomicLong();

  RandomArrays(Session session, long seed) {
    this.session = session;
    this.seed = seed;
  }

  @Override
  public NDArray uniform(long... extents) {
    return uniform(DType.FLOAT64, extents);
  }

  /** Uniform numbers in [0, 1), float32 or float64. */
  public NDArray uniform(DType dtype, long... extents) {
    return draw(Distribution.UNIFORM, floating("uniform", dtype), extents);
  }

  @Override
  public NDArray normal(long... extents) {
    return normal(DType.FLOAT64, extents);
  }

  /** Standard normal numbers, float32 or float64. */
  public NDArray normal(DType dtype, long... extents) {
    return draw(Distribution.NORMAL, floating("normal", dtype), extents);
  }

  /**
   * Uniform integers from {@code low} to before {@code high}, int64: remainders of 64-bit draws,
   * whose bias is below (high - low) / 2^64.
   */
  @Override
  public NDArray integers(long low, long high, long... extents) {
    if (high <= low || high - low < 0) {
      throw new UsageException(
          "integers: low is %d and high is %d; high must be larger, by less than 2^63"
              .formatted(low, high));
    }
    NDArray bits = draw(Distribution.BITS, DType.INT64, extents);
    return bits.remainder(high - low).add(low);
  }

  private NDArray draw(Distribution distribution, DType dtype, long... extents) {
    Shape shape = Shape.of(extents);
    Expr.Type type = new Expr.Type(dtype, shape, session.chunkSize().auto(shape, dtype));
    return new NDArray(
        session, new Expr.Random(distribution, seed, streams.getAndIncrement(), type));
  }

  private static DType floating(String name, DType dtype) {
    if (dtype != DType.FLOAT32 && dtype != DType.FLOAT64) {
      throw new UsageException(
          "%s: random numbers are float32 or float64, not %s; cast them".formatted(name, dtype));
    }
    return dtype;
  }
}
