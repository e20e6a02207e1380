package dev.weft.core.kernel;

import dev.weft.core.dtype.DType;

/**
 * An operand of a kernel. All kinds are addressed alike at launch: a base and one stride per
 * iteration axis. For a {@link Buffer} these are bytes; for the others they are element numbers of
 * the generated array.
 */
public sealed interface Param {
  /** Type of the values loaded. */
  DType dtype();

  /** Elements stored in memory. */
  record Buffer(DType dtype) implements Param {}

  /** The numbers base + sum of stride * index themselves, int64: an index generator. */
  record Index() implements Param {
    @Override
    public DType dtype() {
      return DType.INT64;
    }
  }

  /** Element base + sum of stride * index of a random array. */
  record Random(Distribution distribution, DType dtype) implements Param {}

  /** Distributions drawn directly; others are arithmetic over these. */
  enum Distribution {
    /** Uniform in [0, 1), a multiple of 2^-53 (float64) or 2^-24 (float32). */
    UNIFORM,
    /** Standard normal. */
    NORMAL,
    /** Uniform 64-bit integers. */
    BITS
  }
}
