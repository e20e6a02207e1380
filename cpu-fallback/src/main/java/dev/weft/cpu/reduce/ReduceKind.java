package dev.weft.cpu.reduce;

/** What a block is reduced to; a partial result is one to three numbers of eight bytes. */
public enum ReduceKind {
  /** The sum: float64, or int64 for integers. */
  SUM(1),
  /** The product: float64, or int64 for integers. */
  PROD(1),
  /** The least: float64 or int64; NaN if any is NaN, and -0 is less than 0. */
  MIN(1),
  /** The greatest: float64 or int64; NaN if any is NaN, and -0 is less than 0. */
  MAX(1),
  /** Value, and int64 index of the first that is least; the first NaN if any is NaN. */
  ARGMIN(2),
  /** Value, and int64 index of the first that is greatest; the first NaN if any is NaN. */
  ARGMAX(2),
  /** Count, mean, and sum of squared deviations from the mean; all float64. */
  MOMENTS(3);

  private final int planes;

  ReduceKind(int planes) {
    this.planes = planes;
  }

  /** Numbers of a partial result. */
  public int planes() {
    return planes;
  }
}
